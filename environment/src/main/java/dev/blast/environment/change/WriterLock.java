package dev.blast.environment.change;

import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.ProcessMark;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The right to change one environment. The kernel holds it: a POSIX record lock on {@code lock} in
 * the {@link Dossier}, which no program of the environment sees and which says who has it, and the
 * {@link SharedLock} that keeps other users off. A holder that dies gives both up at that instant.
 * Released on {@link #close}; any thread may close.
 */
public final class WriterLock implements AutoCloseable {
    /**
     * Between two tries. Record locks have no fair queue and a blocking wait could not end at a
     * deadline.
     */
    private static final Duration TRY_EVERY = Duration.ofMillis(50);

    /**
     * POSIX record locks belong to the process, and closing <em>any</em> descriptor of the file
     * gives them up (fcntl(2)). So while this process holds a lock it must not open the file a
     * second time, not even to read who holds it: this map is the one piece of static state,
     * because the kernel's lock is per process too.
     */
    private static final Map<Path, Holder> HELD_HERE = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;
    private final SharedLock shared;

    private WriterLock(Path file, FileChannel channel, SharedLock shared) {
        this.file = file;
        this.channel = channel;
        this.shared = shared;
    }

    /**
     * Who holds it, since when, and the command as it was typed. The process is never alive where
     * it is not known yet.
     */
    public record Holder(ProcessMark process, Instant since, String command) {
        private static final Holder UNKNOWN =
                new Holder(new ProcessMark(0, -1), Instant.EPOCH, "another blast");

        /** Whether it has said who it is. */
        public boolean isKnown() {
            return process.pid() > 0;
        }

        /** Where it has not said who it is, what the kernel says. */
        private Holder orOf(Environment environment) {
            return isKnown() ? this : new Holder(process, since, SharedLock.holder(environment));
        }

        /** Such as {@code 'blast sync' (pid 123, since 12:00:01)}. */
        private String shown() {
            return !isKnown()
                    ? command
                    : "'%s' (pid %d, since %s)"
                            .formatted(command, process.pid(), sinceAsTimeOfDay());
        }

        /** Local; with the day where that is not today. */
        private String sinceAsTimeOfDay() {
            ZonedDateTime local = since.atZone(ZoneId.systemDefault());
            String pattern =
                    local.toLocalDate().equals(LocalDate.now(local.getZone()))
                            ? "HH:mm:ss"
                            : "yyyy-MM-dd HH:mm:ss";
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(local);
        }

        private static Holder read(Path file) {
            try {
                String[] lines = Files.readString(file, StandardCharsets.UTF_8).split("\n", 4);
                if (lines.length < 4) {
                    return UNKNOWN; // it holds the lock and has not written its name yet
                }
                var holder =
                        new Holder(
                                new ProcessMark(Long.parseLong(lines[0]), Long.parseLong(lines[1])),
                                Instant.parse(lines[2]),
                                lines[3].strip());
                // the name of one that has ended is the last holder's, not this one's
                return holder.process().isAlive() ? holder : UNKNOWN;
            } catch (IllegalArgumentException | DateTimeException e) {
                return UNKNOWN; // no Blast wrote that
            } catch (IOException e) {
                return UNKNOWN; // the lock and its environment are gone: the next try sees that
            }
        }

        private String text() {
            return process.pid()
                    + "\n"
                    + process.started()
                    + "\n"
                    + since
                    + "\n"
                    + command.replace('\n', ' ')
                    + "\n";
        }
    }

    /**
     * Takes the lock, waiting at most {@code patience} (zero: not at all).
     *
     * @param waiting called once, with the holder, before the first wait
     * @throws LockedException where the patience ends first
     */
    static WriterLock acquire(
            Dossier dossier, String command, Duration patience, Consumer<Holder> waiting)
            throws EnvironmentException {
        Path file = dossier.lockFile();
        long deadline = System.nanoTime() + patience.toNanos();
        boolean told = false;
        try {
            while (true) {
                Optional<WriterLock> lock = attempt(dossier, file, command);
                if (lock.isPresent()) {
                    return lock.get();
                }
                Holder holder = holder(file).orOf(dossier.environment());
                if (System.nanoTime() >= deadline) {
                    throw new LockedException(
                            Message.of(
                                    "%s is being changed by %s%s.\nTry again when it has finished%s",
                                    dossier.environment().root(),
                                    holder.shown(),
                                    patience.isZero()
                                            ? ""
                                            : "; waited " + patience.toSeconds() + " s",
                                    holder.isKnown() ? ", or end it: blast kill" : ""),
                            holder);
                }
                if (!told) {
                    waiting.accept(holder);
                    told = true;
                }
                Thread.sleep(TRY_EVERY);
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot lock %s: %s%s", file, Cause.of(e, file), Cause.advice(e, file)),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while waiting for " + file, e);
        }
    }

    /** Who has it now, where somebody has; the lock itself is asked and nothing is changed. */
    static Optional<Holder> holder(Dossier dossier) throws EnvironmentException {
        Path file = dossier.lockFile();
        if (HELD_HERE.containsKey(file)) {
            return Optional.of(holder(file));
        }
        try (FileChannel channel =
                        FileChannel.open(
                                file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            return lock == null
                    ? Optional.of(holder(file).orOf(dossier.environment()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty(); // nobody ever had it
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of("cannot ask who holds %s: %s", file, Cause.of(e, file)), e);
        }
    }

    private static Holder holder(Path file) {
        Holder here = HELD_HERE.get(file);
        return here == null ? Holder.read(file) : here;
    }

    private static Optional<WriterLock> attempt(Dossier dossier, Path file, String command)
            throws IOException, EnvironmentException {
        var holder = new Holder(ProcessMark.self(), Instant.now(), command);
        if (HELD_HERE.putIfAbsent(file, holder) != null) {
            return Optional.empty();
        }
        FileChannel channel = null;
        Optional<SharedLock> shared = Optional.empty();
        boolean locked = false;
        try {
            Directories.createPrivate(dossier.folder());
            Object before = inode(file);
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS);
            FileLock lock = channel.tryLock();
            // The holder may have removed the file (an undone first creation) between our opening
            // and locking it: then
            // this is a lock on a file that nobody else will ever open.
            Object after = inode(file);
            if (lock == null || after == null || (before != null && !before.equals(after))) {
                return Optional.empty();
            }
            shared = SharedLock.attempt(dossier.environment());
            if (shared.isEmpty()) {
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(holder.text().getBytes(StandardCharsets.UTF_8)));
            locked = true;
            return Optional.of(new WriterLock(file, channel, shared.get()));
        } finally {
            if (!locked) {
                release(file, shared.orElse(null), channel);
            }
        }
    }

    private static @Nullable Object inode(Path file) throws IOException {
        try {
            return Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** All of it, whatever of that fails. */
    private static void release(
            Path file, @Nullable SharedLock shared, @Nullable FileChannel channel)
            throws IOException {
        try (channel;
                shared) {
            HELD_HERE.remove(file);
        }
    }

    @Override
    public void close() throws EnvironmentException {
        try {
            if (channel.isOpen()) {
                release(file, shared, channel);
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot give up the lock %s: %s".formatted(file, Cause.of(e, file)), e);
        }
    }
}
