package dev.blast.enforcer.kernel;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Zeroed memory outside the Java heap, given out piece by piece and freed as one, by {@link #close}
 * alone: a gate takes six of these for one call, and what frees them by themselves costs four times
 * as much as the memory. For one thread at a time.
 */
public final class NativeMemory implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final List<Long> chunks = new ArrayList<>();
    private final int chunkBytes;
    private long next;
    private long end;

    public NativeMemory() {
        this(CHUNK_BYTES);
    }

    /**
     * For what takes little, and often.
     *
     * @param chunkBytes is taken from the machine at once
     */
    public NativeMemory(int chunkBytes) {
        this.chunkBytes = chunkBytes;
    }

    /** The address of a zeroed piece, aligned to 16 bytes. */
    public long allocate(long bytes) {
        long aligned = (bytes + 15) & ~15L;
        if (end - next < aligned) {
            long size = Math.max(chunkBytes, aligned + 16);
            long chunk = Native.malloc(size);
            if (chunk == 0) {
                throw new OutOfMemoryError("malloc of %d bytes".formatted(size));
            }
            chunks.add(chunk);
            new Pointer(chunk).clear(size);
            next = (chunk + 15) & ~15L;
            end = chunk + size;
        }
        long address = next;
        next += aligned;
        return address;
    }

    /** The text's bytes ({@link NativeText}) with a NUL behind them. */
    public long text(String text) {
        return bytes(NativeText.bytes(text + "\0"));
    }

    /** The bytes of an absolute path with a NUL behind them. */
    public long path(Path path) {
        byte[] bytes = PathBytes.of(path);
        return bytes(Arrays.copyOf(bytes, bytes.length + 1));
    }

    public long bytes(byte[] bytes) {
        long address = allocate(bytes.length);
        put(address, bytes);
        return address;
    }

    public void put(long address, byte[] bytes) {
        new Pointer(address).write(0, bytes, 0, bytes.length);
    }

    /** An array of pointers to the texts, NULL behind them, as execve(2) wants it. */
    public long texts(List<String> texts) {
        return pointers(texts.stream().map(this::text).toList());
    }

    /** An array of pointers, NULL behind them. */
    public long pointers(List<Long> pointers) {
        long address = allocate(8L * (pointers.size() + 1));
        for (int i = 0; i < pointers.size(); i++) {
            putLong(address + 8L * i, pointers.get(i));
        }
        return address;
    }

    /** The numbers one after the other, eight bytes each. */
    public long longs(long... values) {
        long address = allocate(8L * values.length);
        for (int i = 0; i < values.length; i++) {
            putLong(address + 8L * i, values[i]);
        }
        return address;
    }

    public void put(long address, long[] values) {
        new Pointer(address).write(0, values, 0, values.length);
    }

    public void putLong(long address, long value) {
        new Pointer(address).setLong(0, value);
    }

    public long getLong(long address) {
        return new Pointer(address).getLong(0);
    }

    public long[] getLongs(long address, int count) {
        return new Pointer(address).getLongArray(0, count);
    }

    public int getInt(long address) {
        return new Pointer(address).getInt(0);
    }

    public byte[] getBytes(long address, int length) {
        return new Pointer(address).getByteArray(0, length);
    }

    @Override
    public void close() {
        chunks.forEach(Native::free);
        chunks.clear();
        next = end = 0;
    }
}
