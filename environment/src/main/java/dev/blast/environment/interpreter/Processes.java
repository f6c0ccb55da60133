package dev.blast.environment.interpreter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** As whom this process acts. */
public final class Processes {
    private Processes() {}

    /** The user id that files of this process get. */
    public static Integer own() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }
}
