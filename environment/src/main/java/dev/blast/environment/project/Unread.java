package dev.blast.environment.project;

import java.nio.file.Path;

/**
 * Something of a project that says what it needs and that Blast does not read.
 *
 * @param what with file and line, such as {@code setup.py is not read}
 * @param instead what to do, so that it is
 * @param needs whether it may ask for packages; else it only says which versions, or from where
 */
public record Unread(String what, String instead, boolean needs) {
    /** Whether it says that this file is not read. */
    boolean isAbout(Path file) {
        return what.equals(file.getFileName() + " is not read")
                || what.endsWith("/" + file.getFileName() + " is not read");
    }

    @Override
    public String toString() {
        return what + ": " + instead;
    }
}
