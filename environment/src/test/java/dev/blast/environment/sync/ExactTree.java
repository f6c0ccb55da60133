package dev.blast.environment.sync;

import dev.blast.environment.Environment;
import dev.blast.environment.install.Inode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All of a venv by path, but what Python writes when it likes: mode, time and content of files,
 * time and target of links, mode of folders.
 */
final class ExactTree {
    private ExactTree() {}

    static Map<String, String> of(Environment environment) throws IOException {
        Path root = environment.root();
        var tree = new TreeMap<String, String>();
        if (!environment.exists()) {
            return tree;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                Path within = root.relativize(path);
                if (!within.startsWith(".blast") && !within.toString().contains("__pycache__")) {
                    tree.put(within.toString(), line(path));
                }
            }
        }
        return tree;
    }

    private static String line(Path path) throws IOException {
        Inode inode = Inode.of(path);
        String mode = Integer.toOctalString(inode.mode());
        if (Files.isDirectory(path) && !Files.isSymbolicLink(path)) {
            return mode;
        }
        return Files.isSymbolicLink(path)
                ? inode.modifiedNanos() + " -> " + Files.readSymbolicLink(path)
                : mode
                        + " "
                        + inode.modifiedNanos()
                        + " "
                        + Files.readString(path, StandardCharsets.ISO_8859_1);
    }
}
