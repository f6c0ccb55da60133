package dev.blast.environment.install;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A folder held open by its descriptor. Every path is relative to it and walked one name at a time
 * without following a link (openat(2) with O_NOFOLLOW), so what is looked at is what is changed,
 * whatever somebody makes of the names meanwhile, above or below. One thread.
 */
public final class HeldFolder implements AutoCloseable {
    private static final Path HERE = Path.of("");

    private final Path folder;
    private final Map<Path, SecureDirectoryStream<Path>> open = new HashMap<>();

    private HeldFolder(Path folder) {
        this.folder = folder;
    }

    /** Holds a folder that is there; its own name may not be a link, those above it may. */
    public static HeldFolder open(Path folder) throws IOException {
        var held = new HeldFolder(folder);
        try (SecureDirectoryStream<Path> above = secure(above(folder.toAbsolutePath()))) {
            held.open.put(HERE, held.enter(above, folder.getFileName(), HERE));
        }
        return held;
    }

    /** The folder that a path of more than a root lies in. */
    public static Path above(Path path) {
        return Objects.requireNonNull(path.getParent(), () -> path + " lies in no folder");
    }

    @SuppressWarnings("StreamResourceLeak") // whoever asked closes it
    private static SecureDirectoryStream<Path> secure(Path folder) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(folder);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException("%s cannot be held open on this system".formatted(folder));
    }

    /**
     * Renames within it (renameat(2)). A file in the way is replaced, a folder with content is not.
     */
    public void move(Path from, Path to) throws IOException {
        SecureDirectoryStream<Path> source = parent(from);
        SecureDirectoryStream<Path> target = parent(to);
        forget(from);
        forget(to);
        source.move(from.getFileName(), target, to.getFileName());
    }

    /** Whether a name is there, as whatever; a link is not followed. */
    public boolean exists(Path path) throws IOException {
        return attributes(path) != null;
    }

    /** Removes a file, a link or an empty folder; one that is not there is well removed. */
    public void delete(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = attributes(path);
            if (attributes == null) {
                return;
            }
            forget(path);
            if (attributes.isDirectory()) {
                parent(path).deleteDirectory(path.getFileName());
            } else {
                parent(path).deleteFile(path.getFileName());
            }
        } catch (NoSuchFileException e) {
            // well removed
        }
    }

    /** How one file, link or empty folder of a held folder is deleted. */
    @FunctionalInterface
    public interface Deletion {
        void delete(HeldFolder folder, Path path) throws IOException;
    }

    /** Deletes what is at a path with all that is in it, deepest first. */
    public void deleteTree(Path path, Deletion deletion) throws IOException {
        BasicFileAttributes attributes = attributes(path);
        if (attributes == null) {
            return;
        }
        if (attributes.isDirectory()) {
            for (Path name : names(path)) {
                deleteTree(path.resolve(name), deletion);
            }
        }
        deletion.delete(this, path);
    }

    private List<Path> names(Path path) throws IOException {
        List<Path> names = new ArrayList<>();
        // a stream lists once, and the held one is there to be walked through
        try (SecureDirectoryStream<Path> listing = enter(parent(path), path.getFileName(), path)) {
            for (Path entry : listing) {
                names.add(entry.getFileName());
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return names;
    }

    private @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return attributes(parent(path), path.getFileName());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static BasicFileAttributes attributes(SecureDirectoryStream<Path> in, Path name)
            throws IOException {
        return in.getFileAttributeView(
                        name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    private SecureDirectoryStream<Path> parent(Path path) throws IOException {
        return held(path.getNameCount() == 1 ? HERE : above(path));
    }

    private SecureDirectoryStream<Path> held(Path path) throws IOException {
        SecureDirectoryStream<Path> known = open.get(path);
        if (known == null) {
            known = enter(parent(path), path.getFileName(), path);
            open.put(path, known);
        }
        return known;
    }

    /** Only folders are opened: the other end of a pipe would never come. */
    private SecureDirectoryStream<Path> enter(SecureDirectoryStream<Path> in, Path name, Path path)
            throws IOException {
        BasicFileAttributes attributes = attributes(in, name);
        if (attributes.isSymbolicLink()) {
            throw new IOException(
                    "%s is a symbolic link and leads out of the environment"
                            .formatted(folder.resolve(path)));
        }
        if (!attributes.isDirectory()) {
            throw new NotDirectoryException(folder.resolve(path).toString());
        }
        return in.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    }

    /** What lies there will have another name, or none. */
    private void forget(Path path) throws IOException {
        for (var entries = open.entrySet().iterator(); entries.hasNext(); ) {
            var entry = entries.next();
            if (entry.getKey().startsWith(path)) {
                entry.getValue().close();
                entries.remove();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (SecureDirectoryStream<Path> stream : open.values()) {
            stream.close();
        }
        open.clear();
    }
}
