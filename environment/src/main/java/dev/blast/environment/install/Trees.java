package dev.blast.environment.install;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Folders with all that is in them. */
public final class Trees {
    private Trees() {}

    /**
     * Deletes a file, or a folder with all that is in it, deepest first, following no link. What is
     * not there, or goes meanwhile, is fine.
     */
    public static void delete(Path path) throws IOException {
        try (HeldFolder above = HeldFolder.open(HeldFolder.above(path.toAbsolutePath()))) {
            above.deleteTree(path.getFileName(), HeldFolder::delete);
        } catch (NoSuchFileException e) {
            // nothing is there
        }
    }
}
