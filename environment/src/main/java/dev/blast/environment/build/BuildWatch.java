package dev.blast.environment.build;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.blast.enforcer.Running;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.vocabulary.AmountText;
import dev.blast.rules.vocabulary.Answer.Resource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends a build that fills the disk: what it has written is measured from time to time, since the
 * folders that it writes lie on the machine's own. A thread of its own; the other methods are for
 * the one that waits.
 */
final class BuildWatch implements AutoCloseable {
    /** Of output in all. Compilers warn at length: numpy's say hundreds of megabytes. */
    private static final long OUTPUT_CAP_BYTES = 4L << 30;

    /** Of output that lies on the disk: of more, the end is kept. */
    private static final long LOG_CAP_BYTES = 64L << 20;

    private static final int LOG_END_BYTES = 1 << 20;

    /** Where no rule limits it. */
    private static final long DISK_CAP_BYTES = 8L << 30;

    /** Of files, whatever they hold: empty ones fill a disk too. */
    private static final int FILE_CAP = 500_000;

    private static final Duration SHORTEST = Duration.ofMillis(250);

    /** Measuring takes no more than this share of a processor. */
    private static final int SHARE = 20;

    private static final int KILL = 9;

    private final Running running;
    private final Path folder;
    private final Path log;
    private final @Nullable Limit disk;
    private final Thread thread;

    /** Output that is not in the log any more. */
    private long dropped;

    private volatile @Nullable String stopped;

    private BuildWatch(Running running, Path folder, Path log, @Nullable Limit disk) {
        this.running = running;
        this.folder = folder;
        this.log = log;
        this.disk = disk;
        this.thread = Thread.ofVirtual().unstarted(this::watch);
    }

    /**
     * Begins to watch.
     *
     * @param disk how much all of the folder may hold; null where no rule says
     */
    static BuildWatch over(Running running, Path folder, Path log, @Nullable Limit disk) {
        var watch = new BuildWatch(running, folder, log, disk);
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
        if (dropped + shortened() > OUTPUT_CAP_BYTES) {
            return "wrote more than %s of output"
                    .formatted(AmountText.of(Resource.FILE_SIZE, OUTPUT_CAP_BYTES));
        }
        long cap = disk == null ? DISK_CAP_BYTES : disk.amount();
        var sizes = new Sizes(cap);
        try {
            Files.walkFileTree(folder, sizes);
        } catch (IOException _) {
            return null; // files come and go while they are counted; the next time will tell
        }
        if (sizes.bytes > cap) {
            return "wrote more than %s to the disk%s"
                    .formatted(
                            AmountText.of(Resource.DISK, cap),
                            disk == null
                                    ? ""
                                    : " (rule \"%s\", %s)"
                                            .formatted(
                                                    disk.reason().rule(), disk.reason().origin()));
        }
        return sizes.files > FILE_CAP ? "made more than %,d files".formatted(FILE_CAP) : null;
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

    private static final class Sizes extends SimpleFileVisitor<Path> {
        private final long enough;
        private long bytes;
        private int files;

        Sizes(long enough) {
            this.enough = enough;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            return next();
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return next();
        }

        private FileVisitResult next() {
            files++;
            return bytes > enough || files > FILE_CAP
                    ? FileVisitResult.TERMINATE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
