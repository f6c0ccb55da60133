package dev.blast.environment.learn;

import java.nio.file.Path;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** Paths that a program would read and folders that it would write, folded. For one thread. */
final class SeenPaths {
    private final Path home;
    private final Path project;
    private final FolderLook look = new FolderLook();
    private final PathFolding folding;
    private final SortedSet<Path> reads = new TreeSet<>();
    private final SortedSet<Path> writes = new TreeSet<>();

    SeenPaths(Path home, Path project) {
        this.home = home;
        this.project = project;
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

    /** The others: below what may be written, each folded to less than that. */
    SortedSet<Path> inner() {
        SortedSet<Path> written = writes();
        var below = new TreeSet<Path>(reads);
        below.removeIf(
                path -> written.contains(path) || written.stream().noneMatch(path::startsWith));
        return new PathFolding(
                        home,
                        project,
                        folder ->
                                look.objection(folder).isEmpty()
                                        && written.stream().noneMatch(it -> it.startsWith(folder)))
                .fold(below);
    }

    SortedSet<Path> writes() {
        return folding.fold(writes);
    }
}
