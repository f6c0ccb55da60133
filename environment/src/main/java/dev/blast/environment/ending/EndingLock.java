package dev.blast.environment.ending;

import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One command at a time ends what runs in an environment: a second one waits until the first has
 * settled what was open, and so never takes the first for a command that it is to end. A POSIX
 * record lock, which the kernel drops with its process.
 */
public final class EndingLock implements AutoCloseable {
    private static final Duration TRY_EVERY = Duration.ofMillis(50);

    /** Longer than a grace, what comes after it, and an undoing. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final @Nullable FileChannel channel;

    private EndingLock(@Nullable FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for it. Where nothing can be kept in the user's state there is nothing to lock. */
    public static EndingLock acquire(Path file) throws EnvironmentException, InterruptedException {
        FileChannel channel;
        try {
            Directories.createPrivate(file.resolveSibling("."));
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS);
        } catch (IOException _) {
            return new EndingLock(null);
        }
        var lock = new EndingLock(channel);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (channel.tryLock() == null) {
                if (System.nanoTime() >= deadline) {
                    lock.close();
                    throw new EnvironmentException(
                            Message.of(
                                    "another blast kill is at work here, and has not ended in %s s\nit may be suspended: let it go on (fg), or end it",
                                    PATIENCE.toSeconds()));
                }
                Thread.sleep(TRY_EVERY);
            }
            return lock;
        } catch (IOException _) {
            return lock; // a file system without locks
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException _) {
            // given up with the process at the latest
        }
    }
}
