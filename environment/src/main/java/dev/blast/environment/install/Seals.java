package dev.blast.environment.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When each file of the store was last known to hold its wheel's content, by its change time
 * (ctime), which nobody can set back: a program that writes through a hard link in an environment
 * can restore length and modification time, never this. The kernel changes it too when a link is
 * made or removed, so another ctime means only that the content has to be read again.
 *
 * <p>Kept beside the manifest in {@code seals}, eight bytes a file in the manifest's order,
 * replaced whole. Two processes may overwrite each other's: what is then out of date is read again,
 * and nothing is ever written here that this process has not compared or linked itself. Safe for
 * many threads.
 */
final class Seals {
    private static final String NAME = "seals";

    private final Map<Path, Seal> known = new ConcurrentHashMap<>();
    private final Set<Path> changed = ConcurrentHashMap.newKeySet();

    /**
     * @param changedNanos the ctime at which the content was the file's, since 1970
     */
    private record Seal(StoredFile file, long changedNanos) {}

    /** Seals files that have just been unpacked where no program reaches them. */
    static void begin(StoredWheel wheel) throws IOException {
        long[] times = new long[wheel.files().size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = Inode.of(wheel.file(wheel.files().get(i))).changedNanos();
        }
        write(wheel, times);
    }

    /** Whether all files of the wheel hold what they should; what is not sealed is read. */
    boolean hold(StoredWheel wheel) throws IOException {
        long[] noted = read(wheel);
        long[] now = new long[noted.length];
        boolean same = true;
        for (int i = 0; i < now.length; i++) {
            StoredFile file = wheel.files().get(i);
            Path path = wheel.file(file);
            if (held(path, new Seal(file, noted[i])) == null) {
                return false;
            }
            now[i] = sealed(path);
            same &= now[i] == noted[i];
        }
        if (!same) {
            tryWrite(wheel, now);
        }
        return true;
    }

    /** One file of a wheel that held, if it does still; else null. */
    @Nullable Inode held(Path path) throws IOException {
        Seal seal = known.get(path);
        return seal == null ? null : held(path, seal);
    }

    private @Nullable Inode held(Path path, Seal seal) throws IOException {
        Inode inode;
        try {
            inode = Inode.of(path);
        } catch (NoSuchFileException e) {
            return null;
        }
        // the time from before the reading: a change during it shows afterwards
        boolean holds =
                inode.isRegularFile()
                        && (inode.changedNanos() == seal.changedNanos()
                                || (inode.sizeBytes() == seal.file().sizeBytes()
                                        && !inode.isWritable()
                                        && hash(path).equals(seal.file().hash())));
        if (!holds) {
            changed.add(path);
            return null;
        }
        known.put(path, new Seal(seal.file(), inode.changedNanos()));
        return inode;
    }

    /** Those whose content was another, sorted. */
    List<Path> changed() {
        return changed.stream().sorted().toList();
    }

    /** After a link of ours to a file that held: the link has changed the ctime. */
    void renew(Path path) throws IOException {
        Seal seal = known.get(path);
        if (seal != null) {
            known.put(path, new Seal(seal.file(), Inode.of(path).changedNanos()));
        }
    }

    /** Keeps what is known now for the next process. */
    void keep(StoredWheel wheel) {
        long[] times = new long[wheel.files().size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = sealed(wheel.file(wheel.files().get(i)));
        }
        tryWrite(wheel, times);
    }

    private long sealed(Path path) {
        Seal seal = known.get(path);
        return seal == null ? Long.MIN_VALUE : seal.changedNanos();
    }

    private static long[] read(StoredWheel wheel) throws IOException {
        long[] times = new long[wheel.files().size()];
        ByteBuffer bytes = ByteBuffer.allocate(0);
        try {
            bytes = ByteBuffer.wrap(Files.readAllBytes(wheel.tree().resolveSibling(NAME)));
        } catch (NoSuchFileException e) {
            // a store of before there were seals: every file is read once
        }
        for (int i = 0; i < times.length; i++) {
            times[i] = bytes.remaining() < Long.BYTES ? Long.MIN_VALUE : bytes.getLong();
        }
        return times;
    }

    private static void tryWrite(StoredWheel wheel, long[] times) {
        try {
            write(wheel, times);
        } catch (IOException e) {
            // a store that can only be read, or is full: the next process reads the files again
        }
    }

    private static void write(StoredWheel wheel, long[] times) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(times.length * Long.BYTES);
        for (long time : times) {
            bytes.putLong(time);
        }
        Path file = wheel.tree().resolveSibling(NAME);
        Path aside = file.resolveSibling(NAME + "." + UUID.randomUUID());
        try {
            Files.write(aside, bytes.array());
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(aside);
            throw e;
        }
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = RecordHash.digest(RecordHash.SHA256);
        byte[] buffer = new byte[1 << 16];
        try (InputStream stream = Files.newInputStream(file)) {
            for (int n = stream.read(buffer); n > 0; n = stream.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return RecordHash.text(RecordHash.SHA256, digest.digest());
    }
}
