package dev.blast.environment.install;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * That somebody comes to name what lies in the store: from the first look until a history names it,
 * nothing is swept away. The kernel holds it, a POSIX record lock on {@code .use}, many at a time
 * for use and one alone for a sweep; those of one process share one, since such locks belong to
 * processes. Any thread may close.
 */
final class StoreUse implements AutoCloseable {
    private static final String FILE = ".use";

    private static final Map<Path, Shared> HERE = new HashMap<>();

    /** Stores that are being swept by this process; guarded by {@link #HERE}. */
    private static final Set<Path> SWEPT = new HashSet<>();

    private final Runnable release;
    private boolean closed;

    private StoreUse(Runnable release) {
        this.release = release;
    }

    private static final class Shared {
        private final FileChannel channel;
        private int users;

        Shared(FileChannel channel) {
            this.channel = channel;
        }
    }

    /** Waits while a sweep goes on. A store that can only be read is not swept, and not locked. */
    static StoreUse of(Path store) throws IOException {
        synchronized (HERE) {
            awaitSweep(store);
            Shared shared = HERE.get(store);
            if (shared == null) {
                FileChannel channel = open(store);
                if (channel == null) {
                    return new StoreUse(() -> {});
                }
                channel.lock(0, Long.MAX_VALUE, true);
                shared = new Shared(channel);
                HERE.put(store, shared);
            }
            shared.users++;
            return new StoreUse(() -> release(store));
        }
    }

    /** To sweep; empty where somebody uses the store. */
    static Optional<StoreUse> alone(Path store) throws IOException {
        synchronized (HERE) {
            if (HERE.containsKey(store) || SWEPT.contains(store)) {
                return Optional.empty();
            }
            FileChannel channel = open(store);
            if (channel == null) {
                throw new FileSystemException(store.toString(), null, "it can only be read");
            }
            if (channel.tryLock() == null) {
                channel.close();
                return Optional.empty();
            }
            SWEPT.add(store);
            return Optional.of(new StoreUse(() -> swept(store, channel)));
        }
    }

    private static void awaitSweep(Path store) throws InterruptedIOException {
        try {
            while (SWEPT.contains(store)) {
                HERE.wait();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the store was swept");
        }
    }

    private static void swept(Path store, FileChannel channel) {
        synchronized (HERE) {
            close(channel);
            SWEPT.remove(store);
            HERE.notifyAll();
        }
    }

    private static @Nullable FileChannel open(Path store) throws IOException {
        try {
            Files.createDirectories(store);
            return FileChannel.open(
                    store.resolve(FILE),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (AccessDeniedException e) {
            return null;
        } catch (FileSystemException e) {
            if ("Read-only file system".equals(e.getReason())) {
                return null;
            }
            throw e;
        }
    }

    private static void release(Path store) {
        synchronized (HERE) {
            Shared shared = HERE.get(store);
            if (shared != null && --shared.users == 0) {
                HERE.remove(store);
                close(shared.channel);
            }
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException _) {
            // the lock goes with the process at the latest
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            release.run();
        }
    }
}
