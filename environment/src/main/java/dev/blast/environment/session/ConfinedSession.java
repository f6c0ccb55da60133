package dev.blast.environment.session;

import dev.blast.enforcer.Running;
import dev.blast.enforcer.Sandbox;
import dev.blast.enforcer.gate.Gatekeeper;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.spawn.Ending;
import dev.blast.enforcer.spawn.TemporaryRemains;
import dev.blast.enforcer.spawn.TemporaryRemains.Remains;
import dev.blast.environment.EnvironmentException;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.vocabulary.Answer.Resource;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A program that runs confined in an environment, and is entered among its {@link Sessions}. */
public final class ConfinedSession implements AutoCloseable {
    private final Running running;
    private final Sessions.Entry entry;
    private final SessionNote note;
    private final @Nullable EnvironmentException notEntered;
    private final PrivateFolder folder;

    private ConfinedSession(
            Running running,
            Sessions.Entry entry,
            SessionNote note,
            @Nullable EnvironmentException notEntered,
            PrivateFolder folder) {
        this.running = running;
        this.folder = folder;
        this.note = note;
        this.entry = entry;
        this.notEntered = notEntered;
    }

    /**
     * Starts it on the terminal of this process. It is entered before its first instruction, so
     * that nothing ever runs that is not found; but a home that cannot be written keeps nobody from
     * running.
     *
     * @param folder what stands in for its temporary folders where nothing can be mounted
     */
    static ConfinedSession start(
            Habitat habitat,
            Plan plan,
            Gatekeeper keeper,
            RunViolations violations,
            String command,
            PrivateFolder folder)
            throws EnforcerException, EnvironmentException {
        var entering =
                new Entering(habitat.sessions(), command, habitat.sandbox().limits(), violations);
        try {
            Running running = Sandbox.startInForeground(plan, keeper, violations, entering);
            return new ConfinedSession(
                    running, entering.entry, entering.note, entering.failure, folder);
        } catch (EnforcerException | RuntimeException e) {
            entering.entry.close();
            throw e;
        }
    }

    /** Keeps what came of it. */
    private static final class Entering implements Consumer<Running> {
        private final Sessions sessions;
        private final String command;
        private final Limits limits;
        private final RunViolations violations;
        private Sessions.Entry entry = Sessions.Entry.NONE;
        private SessionNote note = SessionNote.NONE;
        private @Nullable EnvironmentException failure;

        Entering(Sessions sessions, String command, Limits limits, RunViolations violations) {
            this.sessions = sessions;
            this.command = command;
            this.limits = limits;
            this.violations = violations;
        }

        @Override
        public void accept(Running running) {
            note =
                    SessionNote.of(
                            running.state().ladder().title(),
                            running.groups(),
                            limits,
                            running.state().standIns());
            try {
                entry = sessions.open(running.pid(), command, running.adoptsOrphans(), note);
            } catch (EnvironmentException e) {
                failure = e;
            }
            violations.about(running, entry);
        }
    }

    /** Why it is not among the sessions, so that nobody knows of it; null where it is. */
    public @Nullable EnvironmentException notEntered() {
        return notEntered;
    }

    /** Looks at it from now on, until that is closed. */
    public RunRecorder record() {
        return RunRecorder.begin(running.pid(), running.groups());
    }

    /** Limits of its rules that hold, in the units of {@link Limits}. */
    public Map<Resource, Long> limits() {
        return note.limits();
    }

    /** Waits for the program. */
    public Ending ending() throws InterruptedException {
        return running.ending();
    }

    /** What the program, which has ended, left where nothing stays. */
    public Remains remains() {
        return folder.path() == null ? running.remains() : TemporaryRemains.in(folder.path());
    }

    /** Kills what still runs, and is no session any more. */
    @Override
    public void close() {
        try {
            entry.close();
        } finally {
            running.close();
        }
    }
}
