package dev.blast.environment.project;

/**
 * Something of a project that says what it needs and that Blast does not read.
 *
 * @param what with file and line, such as {@code setup.py is not read}
 * @param instead what to do, so that it is
 * @param needs whether it may ask for packages; else it only says which versions, or from where
 */
public record Unread(String what, String instead, boolean needs) {
    @Override
    public String toString() {
        return what + ": " + instead;
    }
}
