package dev.blast.environment.build;

import dev.blast.packaging.Visible;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names in one archive of sources: plain relative paths below one folder, each of them once.
 * One thread.
 */
final class SourceNames {
    // what Linux allows in a path, less room for the folder that it is laid out in
    private static final int PATH_CAP_BYTES = 3000;
    private static final int PART_CAP_BYTES = 255;

    private final Set<Path> files = new HashSet<>();
    private final Set<Path> folders = new HashSet<>();
    private @Nullable String top;

    /** The folder that all of it lies in; null where nothing has come yet. */
    @Nullable String top() {
        return top;
    }

    /** The path of an entry. */
    Path path(String name) throws RefusedSourceException {
        List<String> parts = parts(name, "'%s'");
        if (parts.isEmpty()) {
            throw new RefusedSourceException("an entry of it has no name");
        }
        if (top == null) {
            top = parts.getFirst();
        } else if (!top.equals(parts.getFirst())) {
            throw new RefusedSourceException(
                    "it holds more than one folder: '%s' and '%s'"
                            .formatted(top, parts.getFirst()));
        }
        return Path.of(String.join("/", parts));
    }

    /** A file or a link comes. */
    void file(Path path) throws RefusedSourceException {
        if (!files.add(path)) {
            throw new RefusedSourceException("'%s' is there twice".formatted(path));
        }
        requireOneKind(path);
    }

    /** A folder comes, or something in it. */
    void folder(Path path) throws RefusedSourceException {
        for (Path above = path; above != null && folders.add(above); above = above.getParent()) {
            requireOneKind(above);
        }
    }

    private void requireOneKind(Path path) throws RefusedSourceException {
        if (files.contains(path) && folders.contains(path)) {
            throw new RefusedSourceException("'%s' is both a file and a folder".formatted(path));
        }
    }

    /**
     * Where a symbolic link leads, which has to be in the archive. Its way up comes first, so that
     * other links on its way down cannot make it longer.
     */
    void requireInside(Path link, String target) throws RefusedSourceException {
        List<String> parts = new ArrayList<>(List.of(target.split("/", -1)));
        parts.removeIf(part -> part.equals("."));
        int up = 0;
        while (up < parts.size() && parts.get(up).equals("..")) {
            up++;
        }
        boolean plain =
                !target.isEmpty()
                        && !target.startsWith("/")
                        && !hasControls(target)
                        && parts.subList(up, parts.size()).stream()
                                .noneMatch(part -> part.equals(".."));
        // the folder of the link, below the one folder of the archive
        if (!plain || up > link.getNameCount() - 2) {
            throw new RefusedSourceException(
                    "'%s' is a link that leads out of it: %s".formatted(link, Visible.of(target)));
        }
    }

    /** The file that a hard link is another name of. */
    Path sameFile(Path link, String target) throws RefusedSourceException {
        List<String> parts = parts(target, "the target of a link, '%s',");
        Path path = Path.of(String.join("/", parts));
        if (!files.contains(path)) {
            throw new RefusedSourceException(
                    "'%s' is a hard link to what does not come before it: %s"
                            .formatted(link, Visible.of(target)));
        }
        return path;
    }

    private static List<String> parts(String name, String what) throws RefusedSourceException {
        String shown = what.formatted(Visible.of(name));
        if (hasControls(name)) {
            throw new RefusedSourceException(shown + " holds control characters");
        }
        if (name.startsWith("/")) {
            throw new RefusedSourceException(shown + " is an absolute path");
        }
        var parts = new ArrayList<String>();
        int bytes = 0;
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                throw new RefusedSourceException(shown + " leads out of the archive's own folder");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                int length = part.getBytes(StandardCharsets.UTF_8).length;
                bytes += length + 1;
                if (length > PART_CAP_BYTES || bytes > PATH_CAP_BYTES) {
                    throw new RefusedSourceException(
                            "a name in it is too long: '%s…'"
                                    .formatted(Visible.of(name.substring(0, 60))));
                }
                parts.add(part);
            }
        }
        return parts;
    }

    private static boolean hasControls(String name) {
        return name.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }
}
