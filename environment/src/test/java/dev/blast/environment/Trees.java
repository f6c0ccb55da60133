package dev.blast.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Small trees of files, written and compared whole. */
public final class Trees {
    private Trees() {}

    public static void delete(Path folder) throws IOException {
        dev.blast.environment.install.Trees.delete(folder);
    }

    /** Writes {@code path → text}; a path that ends in a slash is an empty folder. */
    public static void write(Path root, Map<String, String> files) throws IOException {
        for (var file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            if (file.getKey().endsWith("/")) {
                Files.createDirectories(path);
            } else {
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        }
    }

    /**
     * Each path below {@code root} but {@code .blast}: mode and content. A root that is not there
     * is an empty map.
     */
    public static Map<String, String> read(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return tree;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            paths.filter(p -> !root.relativize(p).startsWith(".blast"))
                    .forEach(p -> tree.put(root.relativize(p).toString(), describe(p)));
        }
        return tree;
    }

    private static String describe(Path path) {
        try {
            if (Files.isSymbolicLink(path)) {
                return "-> " + Files.readSymbolicLink(path);
            }
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
            return Files.isDirectory(path)
                    ? mode + " folder"
                    : mode + " " + Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
