package dev.blast.environment.interpreter;

import java.nio.file.Path;

/**
 * An interpreter that was found and not taken: "3.9.18, not >=3.11", "does not start: exit code
 * 127".
 *
 * @param unasked it was not started, since others could have changed it: it may be the one that is
 *     meant
 */
public record PassedInterpreter(Path executable, String why, boolean unasked) {
    public PassedInterpreter(Path executable, String why) {
        this(executable, why, false);
    }

    /** As a sentence: the path, and why. */
    public String sentence() {
        return executable + " " + why;
    }
}
