package dev.blast.environment.learn;

import java.nio.file.Path;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** Paths that a program would read and folders that it would write, folded. For one thread. */
final class SeenPaths {
    private final PathFolding folding;
    private final SortedSet<Path> reads = new TreeSet<>();
    private final SortedSet<Path> writes = new TreeSet<>();

    SeenPaths(Path home, Path project) {
        var look = new FolderLook();
        this.folding = new PathFolding(home, project, folder -> look.objection(folder).isEmpty());
    }

    void add(Collection<Path> read, Collection<Path> written) {
        reads.addAll(read);
        writes.addAll(written);
    }

    /** What may be written may be read: a grant of its own to read it would close it again. */
    SortedSet<Path> reads() {
        SortedSet<Path> written = writes();
        SortedSet<Path> left = folding.fold(reads);
        left.removeIf(path -> written.stream().anyMatch(path::startsWith));
        return left;
    }

    SortedSet<Path> writes() {
        return folding.fold(writes);
    }
}
