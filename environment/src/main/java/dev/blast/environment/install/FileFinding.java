package dev.blast.environment.install;

/**
 * A file of an environment that is not as a RECORD says.
 *
 * @param path relative to the environment's root
 * @param kind what is wrong
 * @param evidence what was expected and what was found, in words
 */
public record FileFinding(String path, Kind kind, String evidence) {

    /** ADDED: no RECORD lists it, but it lies in a folder that belongs to one distribution. */
    public enum Kind {
        MISSING,
        CHANGED,
        ADDED
    }
}
