package dev.blast.environment.install;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When each file of the store was last known to hold its wheel's content, by its change time
 * (ctime), which nobody can set back: a program that writes through a hard link in an environment
 * can restore length and modification time, never this. The kernel changes it too when a link is
 * made or removed, so another ctime means only that the content has to be read again.
 *
 * <p>Kept beside the manifest in {@code seals}, eight bytes a file in the manifest's order. Two
 * processes may overwrite each other's: what is then out of date is read again, and nothing is ever
 * written here that this process has not compared or linked itself. Safe for many threads.
 */
final class Seals {
    private static final String NAME = "seals";

    private static final long UNKNOWN = Long.MIN_VALUE;

    /** The ctime at which the content was the file's, in nanoseconds since 1970. */
    private final Map<Path, Long> known = new ConcurrentHashMap<>();

    /** Seals files that have just been unpacked where no program reaches them. */
    static void begin(StoredWheel wheel) throws IOException {
        long[] times = new long[wheel.files().size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = Inode.of(wheel.files().get(i).place()).changedNanos();
        }
        write(wheel, times);
    }

    /** Reads what was kept of a wheel; its files themselves are looked at where they are used. */
    void know(StoredWheel wheel) throws IOException {
        ByteBuffer times = read(wheel);
        for (StoredFile file : wheel.files()) {
            long changed = times.remaining() < Long.BYTES ? UNKNOWN : times.getLong();
            known.put(file.place(), changed);
        }
    }

    /** Whether all files of a known wheel hold what they should; what is not sealed is read. */
    boolean hold(StoredWheel wheel) throws IOException {
        boolean same = true;
        for (StoredFile file : wheel.files()) {
            long noted = sealed(file);
            if (held(file) == null) {
                return false;
            }
            same &= noted == sealed(file);
        }
        if (!same) {
            keep(wheel);
        }
        return true;
    }

    /** A file of a known wheel, if it holds what it should; else null. */
    @Nullable Inode held(StoredFile file) throws IOException {
        Inode inode;
        try {
            inode = Inode.of(file.place());
        } catch (NoSuchFileException e) {
            return null;
        }
        // the time from before the reading: a change during it shows afterwards
        boolean holds =
                inode.isRegularFile()
                        && (inode.changedNanos() == sealed(file)
                                || (inode.sizeBytes() == file.sizeBytes()
                                        && !inode.isWritable()
                                        && Contents.hash(file.place()).equals(file.hash())));
        if (!holds) {
            return null;
        }
        known.put(file.place(), inode.changedNanos());
        return inode;
    }

    /** After a link of ours to a file that held: the link has changed the ctime. */
    void renew(StoredFile file) throws IOException {
        known.put(file.place(), Inode.of(file.place()).changedNanos());
    }

    /** Keeps what is known now for the next process. */
    void keep(StoredWheel wheel) {
        try {
            write(wheel, wheel.files().stream().mapToLong(this::sealed).toArray());
        } catch (IOException e) {
            // a store that can only be read, or is full: the next process reads the files again
        }
    }

    private long sealed(StoredFile file) {
        return known.getOrDefault(file.place(), UNKNOWN);
    }

    private static ByteBuffer read(StoredWheel wheel) throws IOException {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(file(wheel)));
        } catch (NoSuchFileException e) {
            return ByteBuffer.allocate(0); // lost: every file is read once
        }
    }

    /** In place: half of it written is half of it known. */
    private static void write(StoredWheel wheel, long[] times) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(times.length * Long.BYTES);
        bytes.asLongBuffer().put(times);
        try (FileChannel file = FileChannel.open(file(wheel), CREATE, WRITE)) {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
    }

    private static Path file(StoredWheel wheel) {
        return wheel.tree().resolveSibling(NAME);
    }
}
