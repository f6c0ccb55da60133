package dev.blast.environment.session;

import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.ProcessMark;
import dev.blast.packaging.Digest;
import dev.blast.packaging.Visible;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The processes that {@code run} and {@code shell} have started in one environment: a file each,
 * written at start and removed at the end. Kept in the user's state folder, not in the environment:
 * what runs inside must not be able to name processes for {@code kill} to end.
 */
public final class Sessions {
    private static final String ADOPTS = "adopts";

    /** Beside an entry: that its session is frozen, and that a person wants it to go on. */
    private static final String FROZEN = "frozen-";

    private static final String RESUME = "resume-";

    /** Beside an entry: that whoever ends what runs here is ending its session. */
    private static final String ENDING = "ending-";

    /** What is written where a session is frozen since it could not be let go on. */
    private static final String STAYS = "stays";

    /** Lines before it. */
    private static final int NOTE = 4;

    private final Path folder;

    public Sessions(Directories directories, Environment environment) {
        this.folder =
                directories
                        .state()
                        .resolve("sessions")
                        .resolve(Digest.of(environment.root().toString()).substring(0, 16));
    }

    /**
     * A process that was started in the environment and still runs.
     *
     * @param attendant the Blast that started it and waits for it; null where that is not known
     * @param adopts whether orphans of the session become children of that Blast
     * @param frozen whether nothing of it runs until a person says so
     * @param note what was so when it began
     */
    public record Session(
            ProcessMark process,
            Instant since,
            String command,
            @Nullable ProcessMark attendant,
            boolean adopts,
            boolean frozen,
            SessionNote note) {}

    /**
     * An entry that lasts until it is closed; closing never fails, as a stale entry is found out by
     * {@link #list}.
     */
    public static final class Entry implements AutoCloseable {
        /** Of a process that could not be entered. */
        public static final Entry NONE = new Entry(null);

        private final @Nullable Path file;

        private Entry(@Nullable Path file) {
            this.file = file;
        }

        /** Whether others can find it. */
        boolean isEntered() {
            return file != null;
        }

        /**
         * Says that nothing of it runs. Who wanted it to go on until then did not mean this time.
         *
         * @return false where that cannot be written, so that nobody could find it
         */
        boolean freeze() {
            return file != null && remove(beside(RESUME, file)) && write(beside(FROZEN, file), "");
        }

        /** Whether a person wants it to go on. */
        boolean isToGoOn() {
            return file != null && Files.exists(beside(RESUME, file));
        }

        /** Whether it ends since a person wants that of what runs in the environment. */
        boolean isToEnd() {
            return file != null && Files.exists(beside(ENDING, file));
        }

        /**
         * Says that it runs again, before it can be frozen again. Whoever wants that still waits.
         */
        void goesOn() {
            if (file != null) {
                remove(beside(FROZEN, file));
            }
        }

        /** Says that it stays frozen, where it is as {@link #goesOn} says no more. */
        void stays() {
            if (file != null) {
                write(beside(FROZEN, file), STAYS);
            }
        }

        /** Answers whoever wanted it to go on: what came of it can be read. */
        void answer() {
            if (file != null) {
                remove(beside(RESUME, file));
            }
        }

        @Override
        public void close() {
            if (file != null) {
                removeBeside(file);
                remove(file);
            }
        }
    }

    /**
     * Asks whoever started a frozen session to let it go on.
     *
     * @throws EnvironmentException where that cannot be written
     */
    public void resume(Session session) throws EnvironmentException {
        Path wish = folder.resolve(RESUME + session.process().pid());
        if (!write(wish, "")) {
            throw new EnvironmentException("cannot write " + wish);
        }
    }

    /** Whether nobody has answered that yet. */
    public boolean isToGoOn(Session session) {
        return Files.exists(folder.resolve(RESUME + session.process().pid()));
    }

    /** What nobody has answered is no longer wanted. */
    public void withdraw(Session session) {
        remove(folder.resolve(RESUME + session.process().pid()));
    }

    /** Whether it is frozen since it could not be let go on. */
    public boolean stays(Session session) {
        try {
            return Files.readString(folder.resolve(FROZEN + session.process().pid())).equals(STAYS);
        } catch (IOException _) {
            return false; // it is not frozen, or nobody can tell
        }
    }

    /** Notes that a person ends it; where that cannot be written, it ends without a reason. */
    public void noteEnding(Session session) {
        write(folder.resolve(ENDING + session.process().pid()), "");
    }

    private static void removeBeside(Path entry) {
        remove(beside(FROZEN, entry));
        remove(beside(RESUME, entry));
        remove(beside(ENDING, entry));
    }

    private static Path beside(String what, Path entry) {
        return entry.resolveSibling(what + entry.getFileName());
    }

    private static boolean write(Path file, String text) {
        try {
            Files.writeString(file, text);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** What whoever ends them locks meanwhile. */
    public Path endingLock() {
        return folder.resolve("ending");
    }

    /**
     * Enters a process that this one has just started.
     *
     * @param adopts whether its orphans become our children
     */
    public Entry open(long pid, String command, boolean adopts, SessionNote note)
            throws EnvironmentException {
        ProcessMark mark = ProcessMark.of(pid);
        ProcessMark attendant = ProcessMark.self();
        Path file = folder.resolve(Long.toString(pid));
        try {
            Directories.createPrivate(folder);
            removeBeside(file); // of an earlier process of that number
            // not made durable: no process outlives the machine
            Path aside = folder.resolve("." + pid);
            Files.writeString(
                    aside,
                    "%d\n%s\n%s\n%d %d %s\n%s"
                            .formatted(
                                    mark.started(),
                                    Instant.now(),
                                    Visible.of(command),
                                    attendant.pid(),
                                    attendant.started(),
                                    adopts ? ADOPTS : "waits",
                                    note.text()));
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            return new Entry(file);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot write %s: %s".formatted(file, Cause.of(e, file)), e);
        }
    }

    /**
     * Those alive now, by pid; entries of processes that ended without removing theirs are removed
     * on the way.
     */
    public List<Session> list() throws EnvironmentException {
        List<Session> sessions = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[0-9]*")) {
            for (Path file : files) {
                Optional<Session> session = read(file);
                session.filter(s -> s.process().isAlive())
                        .ifPresentOrElse(
                                sessions::add,
                                () -> {
                                    removeBeside(file);
                                    remove(file);
                                });
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(folder, Cause.of(e, folder)), e);
        }
        sessions.sort(Comparator.comparingLong(s -> s.process().pid()));
        return sessions;
    }

    private static Optional<Session> read(Path file) throws IOException {
        try {
            String[] lines = Files.readString(file).split("\n", -1);
            var process =
                    new ProcessMark(
                            Long.parseLong(file.getFileName().toString()),
                            Long.parseLong(lines[0]));
            String[] by = lines[3].split(" ", -1);
            return Optional.of(
                    new Session(
                            process,
                            Instant.parse(lines[1]),
                            lines[2].strip(),
                            by.length < 3 // an older Blast did not say
                                    ? null
                                    : new ProcessMark(Long.parseLong(by[0]), Long.parseLong(by[1])),
                            by.length == 3 && by[2].equals(ADOPTS),
                            Files.exists(beside(FROZEN, file)),
                            SessionNote.parse(
                                    lines.length > NOTE
                                            ? String.join(
                                                    "\n",
                                                    List.of(lines).subList(NOTE, lines.length))
                                            : "")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty(); // not what we wrote: no process can be named from it
        }
    }

    /** Whether it is not there any more. */
    private static boolean remove(Path file) {
        try {
            Files.deleteIfExists(file);
            return true;
        } catch (IOException e) {
            // the next list() tries again; a stale entry is never taken for a running process
            return false;
        }
    }
}
