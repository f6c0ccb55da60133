package dev.blast.environment.tree;

import dev.blast.environment.Lines;

/** A name in an environment, by its path from the environment's root, '/' between parts. */
public sealed interface TreeEntry {
    String path();

    /**
     * A folder.
     *
     * @param mode its permissions
     */
    record Folder(String path, int mode) implements TreeEntry {}

    /**
     * A symbolic link.
     *
     * @param modifiedNanos its own mtime, in nanoseconds since 1970
     * @param target what it says
     */
    record Link(String path, long modifiedNanos, String target) implements TreeEntry {}

    /**
     * A file.
     *
     * @param mode its permissions
     * @param modifiedNanos its mtime, in nanoseconds since 1970
     * @param hash of its content, as RECORD spells it
     */
    record File(String path, int mode, long modifiedNanos, long sizeBytes, String hash)
            implements TreeEntry {}

    /** In one line. */
    default String line() {
        return switch (this) {
            case Folder(String path, int mode) ->
                    "folder " + Integer.toOctalString(mode) + " " + Lines.escaped(path);
            case Link(String path, long modified, String target) ->
                    "link " + modified + " " + Lines.escaped(path) + "\0" + Lines.escaped(target);
            case File(String path, int mode, long modified, long size, String hash) ->
                    "file "
                            + Integer.toOctalString(mode)
                            + " "
                            + modified
                            + " "
                            + size
                            + " "
                            + hash
                            + " "
                            + Lines.escaped(path);
        };
    }

    /**
     * Reads what {@link #line} wrote.
     *
     * @throws IllegalArgumentException where it did not
     */
    static TreeEntry parse(String line) {
        try {
            String[] words = line.split(" ", 2);
            return switch (words[0]) {
                case "folder" -> {
                    String[] parts = words[1].split(" ", 2);
                    yield new Folder(Lines.unescaped(parts[1]), Integer.parseInt(parts[0], 8));
                }
                case "link" -> {
                    String[] parts = words[1].split(" ", 2);
                    String[] names = parts[1].split("\0", 2);
                    yield new Link(
                            Lines.unescaped(names[0]),
                            Long.parseLong(parts[0]),
                            Lines.unescaped(names[1]));
                }
                case "file" -> {
                    String[] parts = words[1].split(" ", 5);
                    yield new File(
                            Lines.unescaped(parts[4]),
                            Integer.parseInt(parts[0], 8),
                            Long.parseLong(parts[1]),
                            Long.parseLong(parts[2]),
                            parts[3]);
                }
                default ->
                        throw new IllegalArgumentException(
                                "'%s' is no kind of file".formatted(words[0]));
            };
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "'%s' is no entry of a tree".formatted(Lines.escaped(line)), e);
        }
    }
}
