package dev.blast.environment.install;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.blast.packaging.Hashes;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.WheelName;
import dev.blast.packaging.archive.Archive;
import dev.blast.packaging.archive.Refusal;
import dev.blast.packaging.archive.RefusedWheelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The content-addressed store of unpacked wheels. Safe for many threads and processes at once.
 *
 * <p>An entry is a folder named by the SHA-256 of the wheel file: {@code files/} as in the archive,
 * read-only, and {@code manifest}. It is made under another name beside its place and renamed there
 * whole, so it is there or not; who comes second finds the other's and drops its own. Nothing is
 * synced to disk: what a power failure may leave are files that are too short, and every file is
 * looked at just before it is used ({@link Seals}). The same look finds files that were written to
 * through a hard link in an environment.
 */
public final class Store {
    static final String MAKING = ".making-";
    static final String DISCARDED = ".discarded-";

    /** Longer than any unpacking takes: what is older was left by a process that died. */
    private static final Duration LEFTOVER_AGE = Duration.ofHours(12);

    /** Between the threads of this process; between processes, a lock on a file. */
    private static final ReentrantLock PUBLISHING = new ReentrantLock();

    private final Path directory;
    private final Seals seals = new Seals();
    private final Set<String> discarded = ConcurrentHashMap.newKeySet();

    /** A store in a folder, which is made when the first wheel comes. */
    public Store(Path directory) {
        this.directory = directory;
    }

    /** Where it is; it need not be there yet. */
    public Path directory() {
        return directory;
    }

    /**
     * The wheel with this key, if it is here. Its files are looked at where they are used: {@link
     * ChangedWheelException}.
     */
    public Optional<StoredWheel> find(String sha256) throws IOException {
        Path entry = entry(sha256);
        Optional<StoredWheel> wheel =
                Manifest.read(entry.resolve("manifest"), sha256, entry.resolve("files"));
        if (wheel.isPresent()) {
            seals.know(wheel.get());
        }
        return wheel;
    }

    /** Whether a wheel is here, and every file of it holds what was stored. */
    public boolean holds(String sha256) throws IOException {
        Optional<StoredWheel> wheel = find(sha256);
        return wheel.isPresent() && seals.hold(wheel.get());
    }

    /**
     * Checks, unpacks and keeps a wheel. One that is here already is only looked up.
     *
     * @param wheel the file, under the name that the index gave it
     * @throws RefusedWheelException when the archive is not what a wheel has to be
     */
    public StoredWheel add(Path wheel) throws IOException {
        return add(wheel, sha256(wheel));
    }

    /**
     * The same for a file whose digest has just been computed, while it was downloaded.
     *
     * @param sha256 64 hexadecimal digits
     */
    public StoredWheel add(Path wheel, String sha256) throws IOException {
        Optional<StoredWheel> known = find(sha256);
        if (known.isPresent()) {
            return known.get();
        }
        Files.createDirectories(directory);
        removeLeftovers();
        Path making = Files.createDirectory(directory.resolve(MAKING + UUID.randomUUID()));
        try {
            unpack(wheel, sha256, making);
            return publish(making, sha256);
        } finally {
            Trees.delete(making);
        }
    }

    private static void unpack(Path wheel, String sha256, Path making) throws IOException {
        String fileName = String.valueOf(wheel.getFileName());
        try (Archive archive = Archive.open(wheel)) {
            WheelName name = name(fileName);
            WheelContents contents = WheelContents.of(archive, name);
            Path tree = Files.createDirectory(making.resolve("files"));
            List<StoredFile> files = Unpacking.unpack(archive, contents, tree);
            var stored =
                    new StoredWheel(
                            sha256, name, tree, contents.distInfo(), contents.pure(), files);
            Manifest.write(making.resolve("manifest"), stored, fileName);
            Seals.begin(stored);
        }
    }

    private static WheelName name(String fileName) throws RefusedWheelException {
        try {
            return WheelName.parse(fileName);
        } catch (InvalidSyntaxException e) {
            throw new RefusedWheelException(fileName, Refusal.FILE_NAME, e.reason());
        }
    }

    /**
     * Puts the entry in its place. Somebody else's whole one there is as good as ours; a damaged
     * one makes room.
     */
    private StoredWheel publish(Path making, String sha256) throws IOException {
        Files.createDirectories(HeldFolder.above(entry(sha256)));
        replace(sha256, () -> find(sha256).isPresent(), making);
        return find(sha256)
                .orElseThrow(() ->
                        new InstallException(
                                "the store does not keep what is put into it: %s is damaged already"
                                        .formatted(entry(sha256))));
    }

    /**
     * Takes out a wheel of which a file was found changed, so that it can be added anew, once.
     *
     * @return false where that has been done before
     */
    public boolean discard(String sha256) throws IOException {
        if (!discarded.add(sha256)) {
            return false;
        }
        replace(sha256, () -> holds(sha256), null); // another process may have been quicker
        return true;
    }

    @FunctionalInterface
    private interface Look {
        boolean finds() throws IOException;
    }

    /** Unless a last look finds the entry well, and alone among all processes. */
    private void replace(String sha256, Look wellThere, @Nullable Path by) throws IOException {
        Path entry = entry(sha256);
        Path aside = directory.resolve(DISCARDED + UUID.randomUUID());
        PUBLISHING.lock();
        try (FileChannel file = FileChannel.open(directory.resolve(".lock"), CREATE, WRITE);
                FileLock _ = file.lock()) {
            if (wellThere.finds()) {
                return;
            }
            if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(entry, aside, StandardCopyOption.ATOMIC_MOVE);
            }
            if (by != null) {
                Files.move(by, entry, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            PUBLISHING.unlock();
        }
        Trees.delete(aside);
    }

    /** A file of a wheel that this store has answered, if it still holds what it should. */
    Inode held(StoredWheel wheel, StoredFile file) throws IOException {
        Inode inode = seals.held(file);
        if (inode == null) {
            throw new ChangedWheelException(wheel.sha256(), file.place());
        }
        return inode;
    }

    /** The same, or null where it does not. */
    @Nullable Inode heldOrNull(StoredFile file) throws IOException {
        return seals.held(file);
    }

    /** A link was made to a file that held just before. */
    void linked(StoredFile file) throws IOException {
        seals.renew(file);
    }

    /** Notes for later commands that these wheels hold what they should, with our links on them. */
    public void keepSeals(Collection<StoredWheel> wheels) {
        wheels.forEach(seals::keep);
    }

    private void removeLeftovers() throws IOException {
        Instant before = Instant.now().minus(LEFTOVER_AGE);
        List<Path> leftovers;
        try (Stream<Path> entries = Files.list(directory)) {
            leftovers =
                    entries.filter(entry ->
                                    entry.getFileName().toString().startsWith(MAKING)
                                            || entry.getFileName().toString().startsWith(DISCARDED))
                            .toList();
        }
        for (Path leftover : leftovers) {
            try {
                if (Files.getLastModifiedTime(leftover).toInstant().isBefore(before)) {
                    Trees.delete(leftover);
                }
            } catch (NoSuchFileException _) {
                // was not left over: its maker has just put it in its place
            }
        }
    }

    /** Whether it can be the SHA-256 of a wheel. */
    static boolean isKey(String sha256) {
        return sha256.matches("[0-9a-f]{64}");
    }

    private Path entry(String sha256) {
        if (!isKey(sha256)) {
            throw new IllegalArgumentException("not a SHA-256 in hexadecimal: " + sha256);
        }
        return directory.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = Hashes.digest(RecordHash.SHA256);
        byte[] buffer = new byte[1 << 16];
        try (InputStream stream = Files.newInputStream(file)) {
            for (int n = stream.read(buffer); n > 0; n = stream.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
