package dev.blast.environment.install;

import dev.blast.packaging.Hashes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where what the files of an environment hold can be had again: in wheels of the store, and in
 * single files that are kept beside them ({@code files/HH/HASH} in the store's folder), each named
 * by the SHA-256 of its content. As long as this is open, nothing is swept away. Kept files are
 * durable, unlike wheels, which an index has too; both are compared with their hash when they are
 * used. One thread, but for {@link #lay}; {@link #close} drops what was taken and not kept.
 */
public final class Contents implements AutoCloseable {
    static final String FOLDER = "files";
    private static final Set<StandardOpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private static final FileAttribute<Set<PosixFilePermission>> OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(1 << 16));

    /** Files that are made durable at a time: the filesystem does it for all of them at once. */
    private static final int AT_A_TIME = 32;

    private final Store store;
    private final Path folder;
    private final Map<String, InWheel> inWheels = new HashMap<>();

    /** Known wheels' files by device and inode; made where somebody asks. */
    private @Nullable Map<List<Long>, String> linked;

    /** Copies under names of their own, by hash. */
    private final Map<String, Path> taken = new LinkedHashMap<>();

    private final List<Path> scratches = new ArrayList<>();

    private record InWheel(StoredWheel wheel, StoredFile file) {}

    private final StoreUse use;

    private Contents(Store store) throws IOException {
        this.store = store;
        this.use = StoreUse.of(store.directory());
        this.folder = store.directory().resolve(FOLDER);
    }

    /**
     * The contents of a store.
     *
     * @param wheels keys of those that are looked into; what is not in the store is passed over
     */
    public static Contents of(Store store, Collection<String> wheels) throws IOException {
        var contents = new Contents(store);
        try {
            for (String sha256 : new HashSet<>(wheels)) {
                Optional<StoredWheel> wheel =
                        Store.isKey(sha256) ? store.find(sha256) : Optional.empty();
                wheel.ifPresent(contents::know);
            }
            return contents;
        } catch (IOException e) {
            contents.close();
            throw e;
        }
    }

    /** Looks into a wheel that the store has answered. */
    public void know(StoredWheel wheel) {
        wheel.files().forEach(file -> inWheels.putIfAbsent(file.hash(), new InWheel(wheel, file)));
        linked = null;
    }

    /** Whether this can be had again. */
    public boolean holds(String hash) {
        return inWheels.containsKey(hash) || Files.exists(place(hash), LinkOption.NOFOLLOW_LINKS);
    }

    /** The same, or it has been taken. */
    public boolean has(String hash) {
        return taken.containsKey(hash) || holds(hash);
    }

    /** The hash of a file that is the very file of a known wheel, and holds what that brought. */
    public Optional<String> linked(Inode inode) throws IOException {
        if (inode.links() < 2) {
            return Optional.empty();
        }
        Map<List<Long>, String> known = linked;
        if (known == null) {
            known = new HashMap<>();
            for (InWheel it : inWheels.values()) {
                Inode stored = store.heldOrNull(it.file());
                if (stored != null) {
                    known.put(identity(stored), it.file().hash());
                }
            }
            linked = known;
        }
        return Optional.ofNullable(known.get(identity(inode)));
    }

    private static List<Long> identity(Inode inode) {
        return List.of(inode.device(), inode.number());
    }

    /** The hash of a file, as RECORD spells it. */
    public static String hash(Path file) throws IOException {
        MessageDigest digest = Hashes.digest(RecordHash.SHA256);
        copy(file, digest, null);
        return RecordHash.text(RecordHash.SHA256, digest.digest());
    }

    /** The hash of these bytes. */
    public static String hash(byte[] content) {
        return RecordHash.of(content);
    }

    /**
     * Takes a copy of a file, which {@link #keep} keeps, and tells its hash. What can be had
     * already is only hashed.
     */
    public String take(Path file) throws IOException {
        return take((digest, to) -> copy(file, digest, to));
    }

    /** The same of these bytes. */
    public String take(byte[] content) throws IOException {
        return take(hash(content), new ByteArrayInputStream(content));
    }

    /**
     * The same of what a stream brings.
     *
     * @param expected its hash, if it is what it should be: what can be had already is only hashed
     */
    public String take(String expected, InputStream content) throws IOException {
        if (has(expected)) {
            MessageDigest digest = Hashes.digest(RecordHash.SHA256);
            copy(Channels.newChannel(content), digest, null);
            return RecordHash.text(RecordHash.SHA256, digest.digest());
        }
        return take((digest, to) -> copy(Channels.newChannel(content), digest, to));
    }

    @FunctionalInterface
    private interface Origin {
        void copy(MessageDigest digest, FileChannel to) throws IOException;
    }

    private String take(Origin origin) throws IOException {
        makePrivate();
        Path copy = folder.resolve(Store.MAKING + UUID.randomUUID());
        try {
            MessageDigest digest = Hashes.digest(RecordHash.SHA256);
            try (FileChannel to = FileChannel.open(copy, NEW)) {
                origin.copy(digest, to);
            }
            String hash = RecordHash.text(RecordHash.SHA256, digest.digest());
            if (!holds(hash) && taken.putIfAbsent(hash, copy) == null) {
                return hash;
            }
            Files.delete(copy);
            return hash;
        } catch (IOException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
    }

    /** A new folder for what is made on the way; {@link #close} removes it. */
    public Path scratch() throws IOException {
        makePrivate();
        Path scratch = Files.createDirectory(folder.resolve(Store.MAKING + UUID.randomUUID()));
        scratches.add(scratch);
        return scratch;
    }

    /** What an environment holds may be for its user alone. */
    private void makePrivate() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(store.directory());
            try {
                Files.createDirectory(folder, OWNER);
            } catch (FileAlreadyExistsException _) {
                // another process has just made it
            }
        }
    }

    private static void copy(Path file, MessageDigest digest, @Nullable FileChannel to)
            throws IOException {
        try (FileChannel from =
                FileChannel.open(
                        file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            copy(from, digest, to);
        }
    }

    private static void copy(
            ReadableByteChannel from, MessageDigest digest, @Nullable WritableByteChannel to)
            throws IOException {
        ByteBuffer buffer = BUFFER.get();
        buffer.clear();
        while (from.read(buffer) >= 0) {
            buffer.flip();
            digest.update(buffer.duplicate());
            while (to != null && buffer.hasRemaining()) {
                to.write(buffer);
            }
            buffer.clear();
        }
    }

    /**
     * Writes what has this hash.
     *
     * @throws InstallException where it cannot be had, is another by now, or of another length
     */
    public void copy(String hash, long sizeBytes, OutputStream sink) throws IOException {
        Path from = origin(hash);
        MessageDigest digest = Hashes.digest(RecordHash.SHA256);
        try (FileChannel file =
                FileChannel.open(
                        from, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (file.size() != sizeBytes) {
                throw changed(from);
            }
            copy(file, digest, Channels.newChannel(sink));
        } catch (NoSuchFileException e) {
            throw new InstallException("the store does not hold %s any more".formatted(hash), e);
        }
        requireSame(hash, digest, from);
    }

    /**
     * What has this hash, whole: for small files.
     *
     * @throws InstallException where it cannot be had, or is another by now
     */
    public byte[] read(String hash) throws IOException {
        Path from = origin(hash);
        byte[] content = Files.readAllBytes(from);
        if (!hash(content).equals(hash)) {
            throw changed(from);
        }
        return content;
    }

    /** Whether what has this hash begins like that, in ASCII. */
    public boolean startsAs(String hash, String start) throws IOException {
        try (InputStream in = Files.newInputStream(origin(hash))) {
            return Arrays.equals(
                    in.readNBytes(start.length()), start.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private Path origin(String hash) {
        Path copy = taken.get(hash);
        InWheel wheel = inWheels.get(hash);
        return copy != null ? copy : wheel != null ? wheel.file().place() : place(hash);
    }

    private static void requireSame(String hash, MessageDigest digest, Path from)
            throws InstallException {
        if (!RecordHash.text(RecordHash.SHA256, digest.digest()).equals(hash)) {
            throw changed(from);
        }
    }

    private static InstallException changed(Path from) {
        return new InstallException(
                "%s does not hold what was kept: somebody has changed it".formatted(from));
    }

    /** Makes durable what was taken, and gives it its name. */
    public void keep() throws IOException {
        if (taken.isEmpty()) {
            return;
        }
        together(
                taken.values(),
                copy -> {
                    Files.setAttribute(copy, "unix:mode", 0444);
                    try (FileChannel file = FileChannel.open(copy, StandardOpenOption.READ)) {
                        file.force(true);
                    }
                });
        var folders = new HashSet<Path>(Set.of(folder));
        for (Map.Entry<String, Path> it : taken.entrySet()) {
            Path place = place(it.getKey());
            if (folders.add(HeldFolder.above(place))) {
                Files.createDirectories(HeldFolder.above(place));
            }
            Files.move(it.getValue(), place, StandardCopyOption.ATOMIC_MOVE);
        }
        taken.clear();
        together(
                folders,
                it -> {
                    try (FileChannel names = FileChannel.open(it, StandardOpenOption.READ)) {
                        names.force(true);
                    }
                });
    }

    @FunctionalInterface
    private interface Effect {
        void on(Path path) throws IOException;
    }

    private static void together(Collection<Path> paths, Effect effect) throws IOException {
        var running = new ArrayList<Future<?>>();
        try (var threads = Executors.newFixedThreadPool(Math.min(AT_A_TIME, paths.size()))) {
            for (Path path : paths) {
                running.add(
                        threads.submit(() -> {
                            effect.on(path);
                            return null;
                        }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InstallException("interrupted while files were kept", e);
        }
    }

    /**
     * Makes a file of this content: a link to the store's where that has the mode and the time,
     * else a copy.
     *
     * @param target that is not there yet
     * @throws ChangedWheelException where a wheel's file holds something else by now
     * @throws InstallException where the content cannot be had, or is another by now
     */
    public void lay(String hash, int mode, long modifiedNanos, Path target) throws IOException {
        InWheel wheel = inWheels.get(hash);
        Path from = place(hash);
        if (wheel != null) {
            Inode stored = store.held(wheel.wheel(), wheel.file());
            from = wheel.file().place();
            if (stored.permissions() == mode
                    && stored.modifiedNanos() == modifiedNanos
                    && isLinked(from, target)) {
                store.linked(wheel.file());
                return;
            }
        }
        MessageDigest digest = Hashes.digest(RecordHash.SHA256);
        try (FileChannel to = FileChannel.open(target, NEW)) {
            copy(from, digest, to);
        }
        requireSame(hash, digest, from);
        Files.setAttribute(target, "unix:mode", mode);
        Inode.setModified(target, modifiedNanos);
    }

    /** Notes for later commands that the wheels hold what they should, with our links on them. */
    public void keepSeals() {
        store.keepSeals(inWheels.values().stream().map(InWheel::wheel).collect(Collectors.toSet()));
    }

    /** Another filesystem, one without links, too many of them: a copy serves all of these. */
    private static boolean isLinked(Path from, Path target) throws IOException {
        try {
            Files.createLink(target, from);
            return true;
        } catch (FileSystemException e) {
            return false;
        }
    }

    private Path place(String hash) {
        String hex = RecordHash.hex(hash);
        return folder.resolve(hex.substring(0, 2)).resolve(hex);
    }

    @Override
    public void close() throws IOException {
        try (use) {
            for (Path copy : taken.values()) {
                Files.deleteIfExists(copy);
            }
            taken.clear();
            for (Path scratch : scratches) {
                Trees.delete(scratch);
            }
            scratches.clear();
        }
    }
}
