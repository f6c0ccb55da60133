package dev.blast.index.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the cache on disk: a mark with the form's number, the content, its CRC-32C. Written
 * beside and renamed, so that two processes never see half of one; what does not check out is as
 * good as not there.
 */
public final class CacheFile {
    /** Changes with every change of the form, which makes old entries unknown ones. */
    private static final int MARK = 0x424c4304; // "BLC", form 4

    private static final int HEAD_BYTES = 4;
    private static final int SUM_BYTES = 4;
    private static final int MOST_BYTES = 256 << 20;

    private static final Set<StandardOpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /** Nobody else reads what a person asked for. */
    private static final FileAttribute<Set<PosixFilePermission>> OWN =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private CacheFile() {}

    /** The entry's bytes, content from {@link #begin}; null where there is no usable entry. */
    public static byte @Nullable [] read(Path file) {
        byte[] bytes;
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            if (!found.isRegularFile() || found.size() > MOST_BYTES) {
                return null; // a pipe would be waited for, a device has no end
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            return null; // not there, or not readable: the index is asked
        }
        int end = bytes.length - SUM_BYTES;
        if (end < HEAD_BYTES || ByteBuffer.wrap(bytes).getInt(0) != MARK) {
            return null;
        }
        return ByteBuffer.wrap(bytes).getInt(end) == sum(bytes, end) ? bytes : null;
    }

    /** Where the content begins in what {@link #read} gives. */
    public static int begin() {
        return HEAD_BYTES;
    }

    public static void write(Path file, byte[] content) throws IOException {
        ByteBuffer entry = ByteBuffer.allocate(HEAD_BYTES + content.length + SUM_BYTES);
        entry.putInt(MARK).put(content);
        entry.putInt(sum(entry.array(), HEAD_BYTES + content.length));
        Path folder = Objects.requireNonNull(file.getParent());
        String name = ".%016x.draft".formatted(ThreadLocalRandom.current().nextLong());
        Path draft = folder.resolve(name);
        boolean placed = false;
        try {
            try (FileChannel out = create(draft, folder)) {
                ByteBuffer left = entry.flip();
                while (left.hasRemaining()) {
                    out.write(left);
                }
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            placed = true;
        } finally {
            if (!placed) {
                Files.deleteIfExists(draft);
            }
        }
    }

    private static FileChannel create(Path draft, Path folder) throws IOException {
        try {
            return FileChannel.open(draft, NEW, OWN);
        } catch (NoSuchFileException e) {
            Files.createDirectories(folder);
            return FileChannel.open(draft, NEW, OWN);
        }
    }

    private static int sum(byte[] bytes, int end) {
        var sum = new CRC32C();
        sum.update(bytes, 0, end);
        return (int) sum.getValue();
    }
}
