package dev.blast.environment.tree;

import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.Inode;
import dev.blast.environment.install.Venv;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.RecordFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the {@link Tree} of an environment off the disk, name by name under held folders, without
 * following a link. What cannot be read by this user, or is neither file, folder nor link, is not
 * in it. Changes nothing.
 */
public final class TreeScan {
    private static final String BYTECODE = "__pycache__";

    /** How a file's hash is found. */
    @FunctionalInterface
    public interface Hashing {
        /**
         * The hash of its content.
         *
         * @param path from the root
         * @param place leads to it for as long as the call takes
         */
        String hash(String path, Inode inode, Path place) throws IOException;
    }

    private final HeldFolder root;
    private final Hashing hashing;
    private final Map<String, TreeEntry> entries = new TreeMap<>();

    private TreeScan(HeldFolder root, Hashing hashing) {
        this.root = root;
        this.hashing = hashing;
    }

    /** The tree below a folder. */
    public static Tree of(HeldFolder root, Hashing hashing) throws IOException {
        var scan = new TreeScan(root, hashing);
        for (String part : Venv.PARTS) {
            scan.add(Path.of(part));
        }
        scan.add(Path.of(Venv.GIT_IGNORE));
        scan.records();
        return Tree.of(scan.entries.values());
    }

    /** What is at a path, and all that lies in it, however deep. */
    private void add(Path start) throws IOException {
        var left = new ArrayDeque<Path>();
        left.push(start);
        int depth = start.getNameCount();
        while (!left.isEmpty()) {
            Path path = left.pop();
            if (path.getNameCount() <= depth) { // a folder has been left
                depth = path.getNameCount() - 1;
                root.releaseAllBut(depth == 0 ? HeldFolder.HERE : HeldFolder.above(path));
            }
            try {
                root.at(
                        path,
                        place -> {
                            add(path, place);
                            return path;
                        });
                if (entries.get(path.toString()) instanceof TreeEntry.Folder) {
                    depth = path.getNameCount();
                    root.names(path).forEach(name -> left.push(path.resolve(name)));
                }
            } catch (NoSuchFileException | AccessDeniedException _) {
                // gone meanwhile, or not ours to read
            }
        }
    }

    private void add(Path path, Path place) throws IOException {
        Inode inode = Inode.of(place);
        String name = path.toString();
        if (inode.isFolder()) {
            entries.put(name, new TreeEntry.Folder(name, inode.permissions()));
        } else if (inode.isLink()) {
            entries.put(
                    name,
                    new TreeEntry.Link(
                            name, inode.modifiedNanos(), Files.readSymbolicLink(place).toString()));
        } else if (inode.isRegularFile()) {
            entries.put(
                    name,
                    new TreeEntry.File(
                            name,
                            inode.permissions(),
                            inode.modifiedNanos(),
                            inode.sizeBytes(),
                            hashing.hash(name, inode, place)));
        }
    }

    /**
     * Bytecode belongs to the environment where a RECORD lists it, and so does what a RECORD lists
     * outside the folders of a venv.
     */
    private void records() throws IOException {
        Set<String> listed = new HashSet<>();
        for (String path : List.copyOf(entries.keySet())) {
            if (path.endsWith(".dist-info/RECORD")) {
                String site = parent(parent(path));
                listed.addAll(listed(path, Path.of(site)));
            }
        }
        for (String path : listed) {
            if (!entries.containsKey(path) && !isBytecode(path)) {
                add(Path.of(path));
            }
        }
        entries.keySet().removeIf(path -> isBytecode(path) && !listed.contains(path));
        var folders = new HashSet<String>();
        entries.keySet().forEach(path -> folders.add(parent(path)));
        entries.keySet().removeIf(path -> path.endsWith("/" + BYTECODE) && !folders.contains(path));
    }

    private static boolean isBytecode(String path) {
        return path.contains("/" + BYTECODE + "/");
    }

    /**
     * What of a RECORD a walk over the folders of a venv does not tell; what is none tells nothing.
     */
    private Set<String> listed(String record, Path site) throws IOException {
        String text =
                root.content(Path.of(record))
                        .map(it -> new String(it, StandardCharsets.UTF_8))
                        .orElse("");
        var lines = new StringBuilder();
        text.lines()
                .filter(line -> line.contains(BYTECODE) || line.contains("../"))
                .forEach(line -> lines.append(line).append('\n'));
        var listed = new HashSet<String>();
        try {
            RecordFile.read(lines.toString()).entries().stream()
                    .map(it -> site.resolve(it.path()).normalize())
                    .filter(it -> !it.startsWith("..") && !it.isAbsolute() && !isOurs(it))
                    .forEach(it -> listed.add(it.toString()));
        } catch (InvalidSyntaxException | InvalidPathException _) {
            return Set.of();
        }
        return listed;
    }

    private static boolean isOurs(Path path) {
        return path.startsWith(".blast") || path.toString().isEmpty();
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
