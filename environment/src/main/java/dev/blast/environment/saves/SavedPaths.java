package dev.blast.environment.saves;

import dev.blast.environment.tree.Tree;
import dev.blast.environment.tree.TreeEntry;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * The paths of a tree that was written down: each below the root, each once, and none of them
 * through what is no folder. A file or link can then be made by its path without a second look.
 */
final class SavedPaths {
    private static final int PATH_CAP_BYTES = 3000;
    private static final int PART_CAP_BYTES = 255;

    /** What Blast itself keeps in an environment. */
    private static final String OURS = ".blast";

    private final Set<String> seen = new HashSet<>();

    /** The next one. */
    void add(String path) throws RefusedSaveException {
        if (path.isEmpty()) {
            throw new RefusedSaveException("a file in it has an empty name");
        }
        if (path.startsWith("/")) {
            throw new RefusedSaveException("'%s' is an absolute path".formatted(path));
        }
        if (path.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(path)) {
            throw new RefusedSaveException("'%s' is a name that no file can have".formatted(path));
        }
        int bytes = 0;
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                throw new RefusedSaveException("'%s' leads out of the environment".formatted(path));
            }
            if (part.isEmpty() || part.equals(".")) {
                throw new RefusedSaveException(
                        "'%s' is not a plain path: it holds '.' or an empty part".formatted(path));
            }
            int length = part.getBytes(StandardCharsets.UTF_8).length;
            bytes += length + 1;
            if (length > PART_CAP_BYTES || bytes > PATH_CAP_BYTES) {
                throw new RefusedSaveException(
                        "a name in it is too long: '%s…'".formatted(path.substring(0, 60)));
            }
        }
        if ((path + "/").startsWith(OURS + "/")) {
            throw new RefusedSaveException(
                    "'%s' is where Blast keeps what it believes".formatted(path));
        }
        if (!seen.add(path)) {
            throw new RefusedSaveException("'%s' is there twice".formatted(path));
        }
    }

    /** All have come. */
    static void requireFolders(Tree tree) throws RefusedSaveException {
        for (TreeEntry entry : tree.entries()) {
            String path = entry.path();
            for (int slash = path.lastIndexOf('/');
                    slash > 0;
                    slash = path.lastIndexOf('/', slash - 1)) {
                String above = path.substring(0, slash);
                if (tree.at(above).filter(it -> !(it instanceof TreeEntry.Folder)).isPresent()) {
                    throw new RefusedSaveException(
                            "'%s' lies in '%s', which is no folder".formatted(path, above));
                }
            }
        }
    }

    /** Those of a stranger can be read by people, too. */
    static void requirePlain(String path) throws RefusedSaveException {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                throw new RefusedSaveException(
                        "a name holds control characters: '%s'".formatted(path));
            }
        }
        if (path.indexOf('\\') >= 0) {
            throw new RefusedSaveException("a name holds a backslash: '%s'".formatted(path));
        }
    }
}
