package dev.blast.environment.change;

import dev.blast.environment.Environment;
import dev.blast.environment.install.HeldFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The private folder of one transaction, {@code .blast/staging/ID}, on the environment's own
 * filesystem, so that everything can be renamed in and out of it: {@code new} (what comes, laid out
 * as in the environment) and {@code old} (what went, by slot). Its name is known to the journal
 * alone, so a folder that was put in the environment's place is told from it. Texts that wait to be
 * published, and the entry for the history, lie with the journal.
 *
 * @param folder relative to the environment
 * @param texts absolute, in the {@link Dossier}
 */
public record Staging(Path folder, Path texts) {
    /**
     * Holds the folders of all transactions; under the writer lock, any but the journal's are
     * leftovers.
     */
    static final Path ALL = Path.of(".blast", "staging");

    /**
     * Whether a change was begun here and not ended. After a recovery that is one which this user's
     * data does not know: another user's, or one with another home; how far it came is written
     * where we cannot read.
     */
    public static boolean isIn(Environment environment) {
        return Files.exists(environment.root().resolve(ALL), LinkOption.NOFOLLOW_LINKS);
    }

    /** Holds the texts of all transactions, in the dossier. */
    static final Path TEXTS = Path.of("texts");

    static Staging of(Dossier dossier, String id) {
        return new Staging(ALL.resolve(id), dossier.folder().resolve(TEXTS).resolve(id));
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

    Path publish(int slot) {
        return texts.resolve(Integer.toString(slot));
    }

    /** What a file of the project held, or will hold. */
    Path edited(int slot, boolean before) {
        return texts.resolve("edit-" + slot + (before ? ".before" : ".after"));
    }

    Path generation() {
        return texts.resolve("generation");
    }

    Path restorable() {
        return texts.resolve("restorable");
    }

    /** Whether the step has been done, read off the disk. */
    boolean isDone(Rename step, HeldFolder root) throws IOException {
        return switch (step) {
            case Rename.Remove(_, int slot, _) -> root.exists(old(slot));
            case Rename.Place(String path) -> !root.exists(fresh(path));
        };
    }
}
