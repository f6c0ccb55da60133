package dev.blast.environment.copy;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.Inode;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was in a folder at one instant, by path from it. What lies at or below closed paths, or on
 * other filesystems, is not looked into.
 *
 * @param entries parents before what lies in them
 * @param closed relative paths that a program cannot write
 */
record Baseline(SortedMap<Path, Inode> entries, Set<Path> closed) {
    /** More names than a project has whose changes somebody would look through. */
    static final int MOST = 500_000;

    Baseline {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        closed = Set.copyOf(closed);
    }

    /**
     * Looks at a folder without following a link.
     *
     * @param closed real paths in it, or anywhere
     * @throws EnvironmentException where it has more than {@link #MOST} names
     */
    static Baseline of(Path folder, Set<Path> closed) throws EnvironmentException, IOException {
        Set<Path> inside = new TreeSet<>();
        for (Path path : closed) {
            if (path.startsWith(folder) && !path.equals(folder)) {
                inside.add(folder.relativize(path));
            }
        }
        var entries = new TreeMap<Path, Inode>();
        try (HeldFolder held = HeldFolder.openReal(folder)) {
            long device = Inode.of(held.path().resolve(".")).device();
            var left = new ArrayDeque<Path>(held.names(HeldFolder.HERE));
            while (!left.isEmpty()) {
                Path path = left.pop();
                held.releaseAllBut(
                        path.getNameCount() == 1 ? HeldFolder.HERE : HeldFolder.above(path));
                Optional<Inode> inode = at(held, path);
                if (inode.isEmpty()) {
                    continue;
                }
                entries.put(path, inode.get());
                if (entries.size() > MOST) {
                    throw new EnvironmentException(
                            Message.of(
                                    "%s holds more than %,d names, too many for a throwaway copy whose changes are looked at\nhidden( \"PATH\" ) or readable( \"PATH\" ) in a rule leaves a folder out",
                                    folder, MOST));
                }
                if (inode.get().isFolder()
                        && inode.get().device() == device
                        && !inside.contains(path)) {
                    pushAll(held, path, left);
                }
            }
        }
        return new Baseline(entries, inside);
    }

    private static void pushAll(HeldFolder held, Path folder, ArrayDeque<Path> left)
            throws IOException {
        try {
            held.names(folder).forEach(name -> left.push(folder.resolve(name)));
        } catch (AccessDeniedException _) {
            // nor can the program look into it
        }
    }

    /** What is at a path now; empty where there is nothing, or a way that is no way. */
    static Optional<Inode> at(HeldFolder folder, Path path) throws IOException {
        try {
            return Optional.of(folder.at(path, Inode::of));
        } catch (NoSuchFileException | NotDirectoryException _) {
            return Optional.empty();
        }
    }

    Optional<Inode> at(Path path) {
        return Optional.ofNullable(entries.get(path));
    }

    /** What is at a path and all below it, by path. */
    Map<Path, Inode> below(Path path) {
        var below = new TreeMap<Path, Inode>();
        for (Map.Entry<Path, Inode> entry : entries.tailMap(path).entrySet()) {
            if (entry.getKey().startsWith(path)) {
                below.put(entry.getKey(), entry.getValue());
            } else if (!entry.getKey().toString().startsWith(path.toString())) {
                break; // 'a-b' sorts between 'a' and 'a/c'
            }
        }
        return below;
    }

    boolean isClosed(Path path) {
        for (Path at = path; at != null; at = at.getParent()) {
            if (closed.contains(at)) {
                return true;
            }
        }
        return false;
    }
}
