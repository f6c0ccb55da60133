package dev.blast.environment.install;

import dev.blast.environment.interpreter.Interpreter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;

/** Layouts in folders that nobody else touches. */
final class Laying {
    private Laying() {}

    static void stage(Collection<InstallPlan> plans, Path folder, Store store) throws IOException {
        try (HeldFolder held = HeldFolder.open(folder)) {
            Stage.lay(plans, held, store);
        }
    }

    static void venv(Path folder, Interpreter interpreter, String prompt) throws IOException {
        try (HeldFolder held = HeldFolder.open(folder)) {
            Venv.lay(held, folder, interpreter, prompt);
        }
    }
}
