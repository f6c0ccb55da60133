package dev.blast.environment.ending;

import dev.blast.enforcer.kernel.InitProgram;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.ProcessStat;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.LockedException;
import dev.blast.environment.change.Patience;
import dev.blast.environment.session.Sessions;
import dev.blast.packaging.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An environment in which nothing of this user's runs any more and no change is half done.
 *
 * @param changes what became of changes that were open, in words
 * @param open why one still is; null where none is
 */
public record Standstill(List<EndedWork> ended, List<String> changes, @Nullable Message open) {
    /** For a command that holds the environment and has not said yet who it is. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** In which one that waited for another takes its place, with time to spare. */
    private static final Duration SUCCESSION = Duration.ofMillis(250);

    private static final long PAUSE_MILLIS = 25;

    public Standstill {
        ended = List.copyOf(ended);
        changes = List.copyOf(changes);
    }

    /**
     * Ends sessions and commands, also one that waited for another and comes to work by its end;
     * then finishes or undoes what is open.
     *
     * @param command as it was typed, for those who wait for us
     * @param force without grace, also where another is giving it
     * @throws EnvironmentException where this process is a part of what is to end, or it cannot be
     *     read what runs; nothing has been done then
     */
    public static Standstill bring(
            Dossier dossier, Sessions sessions, String command, boolean force)
            throws EnvironmentException, InterruptedException {
        if (isInSandbox()) {
            throw new EnvironmentException(
                    Message.of(
                            "nothing was ended: this command runs in a sandbox itself, which hides what else runs\nrun it outside, from another terminal"));
        }
        var course = new Course(dossier, sessions, command, force);
        if (force) {
            course.end(course.sessions());
        }
        try (EndingLock _ = EndingLock.acquire(sessions.endingLock())) {
            List<Work> works = course.sessions();
            course.change().ifPresent(works::addFirst);
            course.end(works);
            Message open = course.settled();
            return new Standstill(course.ended, course.changes, open);
        }
    }

    /** Whether a sandbox's first process is above this one. */
    private static boolean isInSandbox() {
        Optional<ProcessStat> above = ProcessStat.of(ProcessHandle.current().pid());
        while (above.isPresent() && !above.get().name().equals(InitProgram.COMM)) {
            above = ProcessStat.of(above.get().parent());
        }
        return above.isPresent();
    }

    /** What one call has come to so far. */
    private static final class Course {
        private final Dossier dossier;
        private final Sessions sessions;
        private final String command;
        private final boolean force;
        private final List<EndedWork> ended = new ArrayList<>();
        private final List<String> changes = new ArrayList<>();

        Course(Dossier dossier, Sessions sessions, String command, boolean force) {
            this.dossier = dossier;
            this.sessions = sessions;
            this.command = command;
            this.force = force;
        }

        List<Work> sessions() throws EnvironmentException {
            var works = new ArrayList<Work>();
            sessions.list().forEach(session -> works.add(new Work.Session(session)));
            return works;
        }

        Optional<Work> change() throws EnvironmentException {
            return dossier.writer()
                    .filter(holder -> holder.process().isAlive())
                    .map(Work.Change::new);
        }

        void end(List<Work> works) throws EnvironmentException, InterruptedException {
            if (works.isEmpty()) {
                return;
            }
            OpenChange open = OpenChange.of(dossier);
            try (Termination termination = Termination.of(works, force)) {
                Optional<Work> ours = termination.ours();
                if (ours.isPresent()) {
                    throw new EnvironmentException(
                            Message.of(
                                    "nothing was ended: this command runs in what it is to end, '%s' (pid %s)\nrun it from another terminal",
                                    ours.get().command(), ours.get().process().pid()));
                }
                works.forEach(this::note);
                ended.addAll(termination.run());
            }
            if (hasChange() && !dossier.isChanging()) {
                open.outcome(dossier).ifPresent(changes::add);
            }
        }

        private void note(Work work) {
            if (work instanceof Work.Session(var session)) {
                sessions.noteEnding(session);
            }
        }

        private boolean hasChange() {
            return ended.stream().anyMatch(it -> it.work() instanceof Work.Change);
        }

        /** Null where nothing is open any more. */
        @Nullable Message settled() throws InterruptedException {
            try {
                boolean done = isLeft();
                while (!done) {
                    Optional<Work> next = successor();
                    if (next.isPresent()) {
                        end(List.of(next.get()));
                        done = isLeft();
                    } else {
                        done = recovered();
                    }
                }
                Optional<String> other = dossier.foreignWriter();
                return other.isEmpty()
                        ? null
                        : Message.of(
                                "%s is being changed by %s, which is not yours to end",
                                dossier.environment().root(), other.get());
            } catch (EnvironmentException e) {
                return Message.of(e);
            }
        }

        private boolean isLeft() {
            return ended.stream()
                    .anyMatch(it -> it.processes().stream().anyMatch(EndedProcess::isLeft));
        }

        /** Who came to work by the end of another, or meanwhile. */
        private Optional<Work> successor() throws EnvironmentException, InterruptedException {
            long deadline = System.nanoTime() + (hasChange() ? SUCCESSION.toNanos() : 0);
            Optional<Work> next = change();
            while (next.isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(PAUSE_MILLIS);
                next = change();
            }
            return next;
        }

        /**
         * A command that was ended, by us or earlier, may have left files behind although nothing
         * is open any more. False where one has come meanwhile.
         */
        private boolean recovered() throws EnvironmentException {
            var patience = new Patience(PATIENCE, _ -> {});
            try {
                (hasChange() || dossier.isUntidy()
                                ? dossier.settle(command, patience)
                                : dossier.recover(command, patience))
                        .ifPresent(changes::add);
                return true;
            } catch (LockedException e) {
                if (e.holder().isKnown()) {
                    return false;
                }
                throw e;
            }
        }
    }
}
