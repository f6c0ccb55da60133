package dev.blast.environment.install;

import dev.blast.environment.interpreter.Interpreter;
import java.io.IOException;
import java.nio.file.Path;

/** A virtual environment on disk (PEP 405), made without starting Python. */
public final class Venv {
    private Venv() {}

    /**
     * Lays out an empty venv in {@code folder} that will work once its content has been moved to
     * {@code root}; the two may be the same.
     *
     * @param folder exists, and holds nothing that a venv has
     * @param root absolute; where the environment will be
     * @param prompt what activation shows
     */
    public static void lay(Path folder, Path root, Interpreter interpreter, String prompt)
            throws IOException {
        throw new IllegalStateException("in the making" + folder + root + interpreter + prompt);
    }

    /** What stands at a path. */
    public static VenvState inspect(Path root) throws IOException {
        throw new IllegalStateException("in the making" + root);
    }
}
