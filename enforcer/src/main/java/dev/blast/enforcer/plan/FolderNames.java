package dev.blast.enforcer.plan;

import static dev.blast.enforcer.kernel.Fcntl.AT_FDCWD;
import static dev.blast.enforcer.kernel.Fcntl.O_CLOEXEC;
import static dev.blast.enforcer.kernel.Fcntl.O_DIRECTORY;
import static dev.blast.enforcer.kernel.Fcntl.O_NOFOLLOW;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.PathBytes;
import dev.blast.enforcer.kernel.Syscall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads the names in folders together with what each is, by getdents64(2): no file need be asked,
 * which is most of the time of a walk. For one thread.
 */
public final class FolderNames implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int PATH_BYTES = 4096;

    /**
     * Of {@code struct linux_dirent64}: where the length of an entry, its kind and its name are.
     */
    private static final int LENGTH_AT = 16;

    private static final int KIND_AT = 18;
    private static final int NAME_AT = 19;
    private static final byte DT_UNKNOWN = 0;
    private static final byte DT_DIR = 4;

    private final Kernel kernel = Kernel.linux();
    private final NativeMemory memory = new NativeMemory();
    private final long buffer = memory.allocate(BUFFER_BYTES);
    private final long path = memory.allocate(PATH_BYTES);

    /** One name, and whether a folder, not a link to one, bears it. */
    public record Entry(String name, boolean folder) {}

    /**
     * The names in a folder, itself no link, and not many more than {@code most}. Empty where it
     * cannot be read this way: it is not there or not ours to see, its file system does not say
     * what its names are, or one of them is not ASCII and may be of another encoding.
     */
    public Optional<List<Entry>> in(Path folder, int most) {
        long descriptor = open(folder);
        if (descriptor < 0) {
            return Optional.empty();
        }
        try {
            List<Entry> entries = new ArrayList<>();
            long read = kernel.call(Syscall.getdents64, descriptor, buffer, BUFFER_BYTES);
            while (read > 0 && entries.size() < most) {
                if (!add(memory.getBytes(buffer, (int) read), entries)) {
                    return Optional.empty();
                }
                read = kernel.call(Syscall.getdents64, descriptor, buffer, BUFFER_BYTES);
            }
            return read < 0 ? Optional.empty() : Optional.of(entries);
        } finally {
            kernel.call(Syscall.close, descriptor);
        }
    }

    private long open(Path folder) {
        byte[] bytes = PathBytes.of(folder);
        if (bytes.length >= PATH_BYTES) {
            return -1;
        }
        memory.put(path, Arrays.copyOf(bytes, bytes.length + 1));
        return kernel.call(Syscall.openat, AT_FDCWD, path, O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);
    }

    /** Whether all of them could be told. */
    private static boolean add(byte[] bytes, List<Entry> entries) {
        for (int at = 0; at < bytes.length; ) {
            int length = (bytes[at + LENGTH_AT] & 0xff) | (bytes[at + LENGTH_AT + 1] & 0xff) << 8;
            int end = at + NAME_AT;
            while (bytes[end] > 0) {
                end++;
            }
            byte kind = bytes[at + KIND_AT];
            if (bytes[end] < 0 || kind == DT_UNKNOWN) {
                return false;
            }
            String name =
                    new String(
                            bytes, at + NAME_AT, end - at - NAME_AT, StandardCharsets.ISO_8859_1);
            if (!name.equals(".") && !name.equals("..")) {
                entries.add(new Entry(name, kind == DT_DIR));
            }
            at += length;
        }
        return true;
    }

    @Override
    public void close() {
        memory.close();
    }
}
