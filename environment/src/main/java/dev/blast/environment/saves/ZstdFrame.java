package dev.blast.environment.saves;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Sees to it that a file is one frame of zstd (RFC 8878) from its first byte to its last, and that
 * reading it takes no more memory than it should, before any of it is unpacked. Two frames, or one
 * that is skipped, are more than one reader may see.
 */
final class ZstdFrame {
    /** What level 19 takes; we write with less. */
    static final int WINDOW_LOG_CAP = 23;

    private static final int MAGIC = 0xFD2FB528;
    private static final int BLOCK_CAP_BYTES = 128 << 10;
    private static final int RLE = 1;
    private static final int RESERVED = 3;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    private long at;

    private ZstdFrame(FileChannel file) {
        this.file = file;
    }

    static void require(FileChannel file) throws IOException {
        new ZstdFrame(file).read();
    }

    private void read() throws IOException {
        if (file.size() < 4 || next(4) != MAGIC) {
            throw new RefusedSaveException("it is no save: it does not begin as one");
        }
        int descriptor = (int) next(1);
        boolean isSingle = (descriptor & 0x20) != 0;
        boolean hasSum = (descriptor & 0x04) != 0;
        if ((descriptor & 0x08) != 0 || (descriptor & 0x03) != 0) {
            throw new RefusedSaveException("it cannot be unpacked without a dictionary");
        }
        long window = 0;
        if (!isSingle) {
            int bits = (int) next(1);
            long base = 1L << (10 + (bits >> 3));
            window = base + base / 8 * (bits & 7);
        }
        int sizeField = descriptor >> 6;
        int sizeBytes = sizeField == 0 ? (isSingle ? 1 : 0) : 1 << sizeField;
        long content = sizeBytes == 0 ? 0 : next(sizeBytes) + (sizeBytes == 2 ? 256 : 0);
        if (isSingle) {
            window = content;
        }
        if (window < 0 || window > 1L << WINDOW_LOG_CAP) {
            throw new RefusedSaveException(
                    "unpacking it would take more than %d MiB of memory"
                            .formatted((1 << WINDOW_LOG_CAP) >> 20));
        }
        blocks();
        at += hasSum ? 4 : 0;
        if (at > file.size()) {
            throw new RefusedSaveException("it is cut off");
        }
        if (at < file.size()) {
            throw new RefusedSaveException("%,d bytes follow its end".formatted(file.size() - at));
        }
    }

    private void blocks() throws IOException {
        while (true) {
            int header = (int) next(3);
            int type = header >> 1 & 3;
            int size = header >> 3;
            if (type == RESERVED || size > BLOCK_CAP_BYTES) {
                throw new RefusedSaveException("it is damaged at byte %,d".formatted(at));
            }
            at += type == RLE ? 1 : size;
            if ((header & 1) != 0) {
                return;
            }
        }
    }

    private long next(int bytes) throws IOException {
        buffer.clear().limit(bytes);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) < 0) {
                throw new RefusedSaveException("it is cut off");
            }
        }
        at += bytes;
        for (int i = bytes; i < buffer.capacity(); i++) {
            buffer.limit(i + 1).put(i, (byte) 0);
        }
        return bytes == 4 && at == 4 ? buffer.getInt(0) : buffer.getLong(0);
    }
}
