package dev.blast.environment.install;

import dev.blast.enforcer.kernel.OpenFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A folder held open by its descriptor. Every path is relative to it and walked one name at a time
 * without following a link, so what is looked at is what is changed, and what is made is made here,
 * whatever somebody makes of the names meanwhile, above or below. One thread.
 */
public final class HeldFolder implements AutoCloseable {
    /** The folder itself. */
    public static final Path HERE = Path.of("");

    /** Belongs to this process's user. */
    private static final Path SELF = Path.of("/proc/self");

    /** What Java reads where the bytes of a name are no text: a folder cannot be opened by it. */
    private static final char NO_TEXT = '\ufffd';

    /** So many folders of a tree are held at once while it is deleted. */
    private static final int DEEPEST = 64;

    private static final Set<PosixFilePermission> OWNERS =
            PosixFilePermissions.fromString("rwx------");

    private final OpenFolder folder;
    private final Map<Path, OpenFolder> open = new HashMap<>();

    private HeldFolder(OpenFolder folder) {
        this.folder = folder;
    }

    /** Loads what the first use needs, on a thread of its own; whoever needs it waits for it. */
    public static void warm() {
        Thread.ofPlatform().daemon().start(OpenFolder::warm);
    }

    /** Holds a folder that is there; its own name may not be a link, those above it may. */
    public static HeldFolder open(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        return new HeldFolder(
                OpenFolder.at(above(absolute).toRealPath().resolve(absolute.getFileName())));
    }

    /** Holds a folder that no link leads to, as {@link Path#toRealPath} has said earlier. */
    public static HeldFolder openReal(Path folder) throws IOException {
        return new HeldFolder(OpenFolder.at(folder));
    }

    /**
     * A folder in it, or itself ({@code ""}), under a descriptor of its own, for any one thread.
     */
    public HeldFolder folder(Path path) throws IOException {
        return new HeldFolder(held(path).again());
    }

    /** Leads to it for as long as it is held; below it, links are followed as ever. */
    public Path path() {
        return folder.path();
    }

    /** The folder that a path of more than a root lies in. */
    public static Path above(Path path) {
        return Objects.requireNonNull(path.getParent(), () -> path + " lies in no folder");
    }

    /** Something that is done to one name; the path leads to it for as long as it takes. */
    @FunctionalInterface
    public interface Action<T> {
        T on(Path path) throws IOException;
    }

    /**
     * Does something to a name in the folder that it lies in. Whether that follows a link of this
     * name is up to the action.
     */
    public <T> T at(Path path, Action<T> action) throws IOException {
        Path name = path.getFileName(); // its text may miss it: names need be no text
        return in(parent(path), folder -> action.on(folder.resolve(name)));
    }

    /** Does something to names in a folder; the action's path leads to the folder. */
    public <T> T in(Path folder, Action<T> action) throws IOException {
        return in(held(folder), action);
    }

    private static <T> T in(OpenFolder folder, Action<T> action) throws IOException {
        try {
            return action.on(folder.path());
        } catch (FileSystemException e) {
            throw shown(e, folder);
        }
    }

    /** The same failure with the names that a person knows the places by. */
    private static FileSystemException shown(FileSystemException e, OpenFolder in) {
        String file = shown(e.getFile(), in);
        String other = shown(e.getOtherFile(), in);
        FileSystemException told =
                switch (e) {
                    case NoSuchFileException _ ->
                            new NoSuchFileException(file, other, e.getReason());
                    case AccessDeniedException _ ->
                            new AccessDeniedException(file, other, e.getReason());
                    case FileAlreadyExistsException _ ->
                            new FileAlreadyExistsException(file, other, e.getReason());
                    default -> new FileSystemException(file, other, e.getReason());
                };
        told.initCause(e);
        return told;
    }

    private static @Nullable String shown(@Nullable String file, OpenFolder in) {
        String path = in.path().toString();
        return file != null && (file + "/").startsWith(path + "/")
                ? in.shown() + file.substring(path.length())
                : file;
    }

    /** The folder of this path, made with those above it where they are missing. */
    public void makeFolders(Path path) throws IOException {
        if (path.equals(HERE) || open.containsKey(path)) {
            return;
        }
        if (path.getNameCount() > 1) {
            makeFolders(above(path));
        }
        open.put(path, parent(path).made(path.getFileName().toString()));
    }

    /** Lets go of every folder but this one and those above it; they are opened where needed. */
    public void releaseAllBut(Path path) {
        for (var entries = open.entrySet().iterator(); entries.hasNext(); ) {
            var entry = entries.next();
            if (!path.startsWith(entry.getKey())) {
                entry.getValue().close();
                entries.remove();
            }
        }
    }

    /** Of the folder itself, as the bits of chmod(2). */
    int permissions() throws IOException {
        return Inode.of(folder.path(".")).permissions();
    }

    /** A new file with this text, where nothing of its name is. */
    public void create(Path file, String text) throws IOException {
        at(file, path -> Files.writeString(path, text, StandardOpenOption.CREATE_NEW));
    }

    /** A new symbolic link, where nothing of its name is. */
    public void link(Path link, Path target) throws IOException {
        at(link, path -> Files.createSymbolicLink(path, target));
    }

    /**
     * Renames within it (renameat(2)). A file in the way is replaced, a folder with content is not.
     */
    public void move(Path from, Path to) throws IOException {
        OpenFolder target = parent(to);
        forget(from);
        forget(to);
        Path place = target.path().resolve(to.getFileName());
        at(from, source -> Files.move(source, place, StandardCopyOption.ATOMIC_MOVE));
    }

    /** Whether a name is there, as whatever; a link is not followed. */
    public boolean exists(Path path) throws IOException {
        return attributes(path) != null;
    }

    /** Removes a file, a link or an empty folder; one that is not there is well removed. */
    public void delete(Path path) throws IOException {
        try {
            forget(path);
            at(path, Files::deleteIfExists);
        } catch (NoSuchFileException e) {
            // well removed
        }
    }

    /** How one file, link or empty folder of a held folder is deleted. */
    @FunctionalInterface
    public interface Deletion {
        void delete(HeldFolder folder, Path path) throws IOException;
    }

    /**
     * Deletes what is at a path with all that is in it, deepest first. A folder that its owner
     * closed is opened to the owner again, and what lies too deep is brought up: programs leave
     * such.
     */
    public void deleteTree(Path path, Deletion deletion) throws IOException {
        boolean tooDeep = true;
        while (tooDeep) {
            tooDeep = deleteBelow(path, deletion, path, 0);
        }
    }

    /** Whether something was too deep: it lies in the top folder now, which so stays. */
    private boolean deleteBelow(Path path, Deletion deletion, Path top, int depth)
            throws IOException {
        BasicFileAttributes attributes = attributes(path);
        boolean tooDeep = false;
        if (attributes != null && attributes.isDirectory()) {
            if (depth > 0 && path.getFileName().toString().indexOf(NO_TEXT) >= 0) {
                Path renamed = path.resolveSibling(UUID.randomUUID().toString());
                move(path, renamed);
                return deleteBelow(renamed, deletion, top, depth);
            }
            openToOwner(path);
            if (depth == DEEPEST) {
                move(path, top.resolve(UUID.randomUUID().toString()));
                return true;
            }
            for (Path name : names(path)) {
                tooDeep |= deleteBelow(path.resolve(name), deletion, top, depth + 1);
            }
        }
        if (attributes != null && !(tooDeep && depth == 0)) {
            deletion.delete(this, path);
        }
        return tooDeep;
    }

    /** By its descriptor, so that no other name gets this mode; what is another's stays closed. */
    private void openToOwner(Path path) throws IOException {
        try {
            Path place = held(path).path();
            if (!Files.getPosixFilePermissions(place).containsAll(OWNERS)
                    && Objects.equals(owner(place), owner(SELF))) {
                Files.setPosixFilePermissions(place, OWNERS);
            }
        } catch (NoSuchFileException e) {
            // gone meanwhile, as it is to be
        }
    }

    private static @Nullable Object owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid");
    }

    /** What is in a folder; nothing where there is none. */
    public List<Path> names(Path path) throws IOException {
        var names = new ArrayList<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(held(path).path())) {
            for (Path entry : entries) {
                names.add(entry.getFileName());
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /**
     * Gives a file this text, as a whole: written beside, made durable, renamed over. A link of
     * this name is replaced, not followed.
     */
    public void replace(Path file, String text) throws IOException {
        // not createTempFile, whose files only the owner may read: this one is to be like any other
        // of its folder
        Path aside = aside(file, UUID.randomUUID().toString());
        try {
            create(aside, text.getBytes(StandardCharsets.UTF_8));
            move(aside, file);
        } finally {
            delete(aside);
        }
        sync(file.getNameCount() == 1 ? HERE : above(file));
    }

    /** The name beside a file at which what it will hold is written first. */
    public static Path aside(Path file, String id) {
        return file.resolveSibling("." + file.getFileName() + "." + id);
    }

    private static void write(Path path, byte[] content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /**
     * Renames within one folder, where nothing of the new name is.
     *
     * @throws FileAlreadyExistsException where there is something, as whatever
     */
    public void moveToNew(Path from, Path to) throws IOException {
        requireOneFolder(from, to);
        forget(from);
        parent(from).renameToNew(from.getFileName().toString(), to.getFileName().toString());
        sync(from.getNameCount() == 1 ? HERE : above(from));
    }

    private static void requireOneFolder(Path one, Path other) {
        if (!Objects.equals(one.getParent(), other.getParent())) {
            throw new IllegalArgumentException(one + " and " + other + " lie in two folders");
        }
    }

    /** A new, durable file, where nothing of its name is. */
    public void create(Path file, byte[] content) throws IOException {
        at(
                file,
                path -> {
                    write(path, content);
                    return path;
                });
    }

    /** A new, durable file with the permissions of another one, where nothing of its name is. */
    public void create(Path file, byte[] content, Path like) throws IOException {
        Set<PosixFilePermission> permissions =
                at(like, path -> Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        at(
                file,
                path -> {
                    write(path, content);
                    return Files.setPosixFilePermissions(path, permissions);
                });
    }

    /**
     * Two names of one folder change places, and neither is gone at any instant. Whoever looks
     * afterwards at what came out has seen what was replaced.
     */
    public void exchange(Path one, Path other) throws IOException {
        requireOneFolder(one, other);
        forget(one);
        forget(other);
        parent(one).exchange(one.getFileName().toString(), other.getFileName().toString());
        sync(one.getNameCount() == 1 ? HERE : above(one));
    }

    /**
     * Two names in it change places, in whatever folders they lie; what is made durable is up to
     * the caller.
     */
    public void swap(Path one, Path other) throws IOException {
        forget(one);
        forget(other);
        parent(one)
                .exchange(
                        one.getFileName().toString(),
                        parent(other),
                        other.getFileName().toString());
    }

    /**
     * A name becomes another one, in whatever folder, where nothing of that name is; what is made
     * durable is up to the caller.
     *
     * @throws FileAlreadyExistsException where there is something, as whatever
     */
    public void carryToNew(Path from, Path to) throws IOException {
        forget(from);
        parent(from)
                .renameToNew(
                        from.getFileName().toString(), parent(to), to.getFileName().toString());
    }

    /**
     * The content of an ordinary file; empty where there is none of that name, or something else.
     */
    public Optional<byte[]> content(Path file) throws IOException {
        BasicFileAttributes found = attributes(file);
        if (found == null || !found.isRegularFile()) {
            return Optional.empty();
        }
        return Optional.of(
                at(
                        file,
                        path -> {
                            try (InputStream in =
                                    Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
                                return in.readAllBytes();
                            }
                        }));
    }

    /** The same; empty too where it is longer than that. */
    public Optional<byte[]> content(Path file, int mostBytes) throws IOException {
        BasicFileAttributes found = attributes(file);
        if (found == null || !found.isRegularFile() || found.size() > mostBytes) {
            return Optional.empty();
        }
        byte[] start =
                at(
                        file,
                        path -> {
                            try (InputStream in =
                                    Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
                                return in.readNBytes(mostBytes + 1);
                            }
                        });
        return start.length > mostBytes ? Optional.empty() : Optional.of(start);
    }

    /** Makes the names in a folder durable. */
    public void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(held(path).path(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return at(
                    path,
                    name ->
                            Files.readAttributes(
                                    name, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private OpenFolder parent(Path path) throws IOException {
        return held(path.getNameCount() == 1 ? HERE : above(path));
    }

    private OpenFolder held(Path path) throws IOException {
        if (path.equals(HERE)) {
            return folder;
        }
        OpenFolder known = open.get(path);
        if (known == null) {
            known = parent(path).folder(path.getFileName().toString());
            open.put(path, known);
        }
        return known;
    }

    /** What lies there will have another name, or none. */
    private void forget(Path path) {
        for (var entries = open.entrySet().iterator(); entries.hasNext(); ) {
            var entry = entries.next();
            if (entry.getKey().startsWith(path)) {
                entry.getValue().close();
                entries.remove();
            }
        }
    }

    @Override
    public void close() {
        open.values().forEach(OpenFolder::close);
        open.clear();
        folder.close();
    }
}
