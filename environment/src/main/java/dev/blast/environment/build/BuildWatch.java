package dev.blast.environment.build;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.blast.enforcer.Running;
import dev.blast.rules.vocabulary.AmountText;
import dev.blast.rules.vocabulary.Answer.Resource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends a build that says more than anybody keeps, and keeps the end of what it says. A thread of
 * its own; the other methods are for the one that waits.
 */
final class BuildWatch implements AutoCloseable {
    /** Of output in all. Compilers warn at length: numpy's say hundreds of megabytes. */
    private static final long OUTPUT_CAP_BYTES = 4L << 30;

    /** Of output that lies on the disk: of more, the end is kept. */
    private static final long LOG_CAP_BYTES = 64L << 20;

    private static final int LOG_END_BYTES = 1 << 20;

    private static final Duration SHORTEST = Duration.ofMillis(250);

    /** Measuring takes no more than this share of a processor. */
    private static final int SHARE = 20;

    private static final int KILL = 9;

    private final Running running;
    private final Path log;
    private final Thread thread;

    /** Output that is not in the log any more. */
    private long dropped;

    private volatile @Nullable String stopped;

    private BuildWatch(Running running, Path log) {
        this.running = running;
        this.log = log;
        this.thread = Thread.ofVirtual().unstarted(this::watch);
    }

    /** Begins to watch. */
    static BuildWatch over(Running running, Path log) {
        var watch = new BuildWatch(running, log);
        watch.thread.start();
        return watch;
    }

    /** Why it was ended; null where it was not. */
    @Nullable String stopped() {
        return stopped;
    }

    private void watch() {
        long pause = SHORTEST.toMillis();
        try {
            while (stopped == null) {
                Thread.sleep(pause);
                long began = System.nanoTime();
                stopped = excess();
                long took = (System.nanoTime() - began) / 1_000_000;
                pause = Math.max(SHORTEST.toMillis(), took * SHARE);
            }
            running.signal(KILL);
        } catch (InterruptedException _) {
            // it has ended
        }
    }

    private @Nullable String excess() {
        return dropped + shortened() > OUTPUT_CAP_BYTES
                ? "wrote more than %s of output"
                        .formatted(AmountText.of(Resource.FILE_SIZE, OUTPUT_CAP_BYTES))
                : null;
    }

    /**
     * How long the log is. Of one that is too long the end is kept; what the build writes meanwhile
     * is appended.
     */
    private long shortened() {
        long length = log.toFile().length();
        if (length <= LOG_CAP_BYTES) {
            return length;
        }
        try (FileChannel file = FileChannel.open(log, READ, WRITE)) {
            ByteBuffer end = ByteBuffer.allocate(LOG_END_BYTES);
            int read = file.read(end, length - LOG_END_BYTES);
            file.truncate(0);
            file.write(end.flip());
            dropped += length - read;
            return LOG_END_BYTES;
        } catch (IOException _) {
            return length; // the next time will tell
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
