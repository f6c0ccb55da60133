package dev.blast.environment.copy;

import dev.blast.environment.install.Inode;
import java.nio.file.Path;

/** A name that a program left in a throwaway copy, by its path from the copied folder. */
sealed interface WrittenEntry {
    Path path();

    record File(Path path, Inode inode) implements WrittenEntry {}

    /**
     * A symbolic link.
     *
     * @param target what it says
     */
    record Link(Path path, Path target) implements WrittenEntry {}

    /**
     * A folder.
     *
     * @param opaque whether nothing of what was there before is in it
     */
    record Folder(Path path, boolean opaque) implements WrittenEntry {}

    /** What was there is there no more. */
    record Gone(Path path) implements WrittenEntry {}

    /**
     * What is never kept.
     *
     * @param what in words: a pipe, a name that is no text
     */
    record Other(Path path, String what) implements WrittenEntry {}
}
