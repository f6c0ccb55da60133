package dev.blast.environment;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The private folder of one transaction, {@code .blast/staging/ID}, on the environment's own
 * filesystem, so that everything can be renamed in and out of it: {@code new} (what comes, laid out
 * as in the environment), {@code old} (what went, by slot), {@code publish} (texts for files
 * outside the packages) and {@code generation} (the entry for the history).
 */
record Staging(Path folder) {
    static Staging of(Environment environment, String id) {
        return new Staging(all(environment).resolve(id));
    }

    /**
     * Holds the folders of all transactions; under the writer lock, any but the journal's are
     * leftovers.
     */
    static Path all(Environment environment) {
        return environment.folder().resolve("staging");
    }

    Path fresh() {
        return folder.resolve("new");
    }

    Path fresh(String path) {
        return fresh().resolve(path);
    }

    Path old() {
        return folder.resolve("old");
    }

    Path old(int slot) {
        return old().resolve(Integer.toString(slot));
    }

    Path publish() {
        return folder.resolve("publish");
    }

    Path publish(int slot) {
        return publish().resolve(Integer.toString(slot));
    }

    Path generation() {
        return folder.resolve("generation");
    }

    /** Whether the step has been done, read off the disk. */
    boolean isDone(Step step) {
        return switch (step) {
            case Step.Remove(_, int slot, _) -> exists(old(slot));
            case Step.Place(String path) -> !exists(fresh(path));
        };
    }

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
