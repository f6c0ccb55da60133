package dev.blast.environment;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One environment on disk: a plain venv (PEP 405) that every other tool understands, plus {@code
 * .blast/} in it, where Blast keeps what it knows. A value that names a place; the place need not
 * exist yet.
 *
 * @param root absolute, the folder with {@code pyvenv.cfg}, most often {@code PROJECT/.venv}
 */
public record Environment(Path root) {
    private static final String VENV = ".venv";
    private static final String BLAST = ".blast";

    public Environment {
        root = root.toAbsolutePath().normalize();
    }

    /** The environment of a project in this folder: {@code .venv}. */
    public static Environment in(Path folder) {
        return new Environment(folder.resolve(VENV));
    }

    public boolean exists() {
        return Files.isRegularFile(root.resolve("pyvenv.cfg"));
    }

    /** {@code .blast/}: what can be lost and made again. */
    public Path folder() {
        return root.resolve(BLAST);
    }

    /** Whether Blast has ever changed it. */
    public boolean folderExists() {
        return Files.isDirectory(folder());
    }
}
