package dev.blast.cli;

import dev.blast.cli.report.KillReport;
import dev.blast.environment.Dossier;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.LockedException;
import dev.blast.environment.ProcessMark;
import dev.blast.environment.Sessions;
import dev.blast.environment.Sync;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code blast kill}: ends what runs in an environment, then finishes or undoes what it left open.
 * Files stay.
 */
final class KillCommand implements Command {
    private static final int GRACE_SECONDS = 5;
    private static final int POLL_MILLIS = 20;

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspace.of(invocation);
        EnvironmentChoice choice =
                EnvironmentChoice.of(
                        invocation.arguments().operands().stream().findFirst(),
                        invocation.directory(),
                        workspace);
        boolean force = invocation.arguments().has("--force");
        List<Sessions.Session> sessions = workspace.sessions(choice.environment()).list();
        var processes = new ArrayList<ProcessHandle>();
        for (Sessions.Session session : sessions) {
            // it was alive a moment ago, and it was that process and not a later one with its
            // number
            ProcessHandle.of(session.process().pid()).ifPresent(processes::add);
        }
        writer(workspace.dossier(choice.environment()), invocation).ifPresent(processes::add);
        end(processes, force);
        Optional<String> recovered =
                workspace
                        .dossier(choice.environment())
                        .recover(invocation.line(), Patience.of(invocation));
        invocation.answer(new KillReport(choice.name(), sessions, recovered.orElse(null)));
        return Exit.DONE.code();
    }

    /** The command that is changing the environment now, if one is. */
    private static Optional<ProcessHandle> writer(Dossier dossier, Invocation invocation)
            throws EnvironmentException {
        try {
            dossier.recover(invocation.line(), new Sync.Patience(Duration.ZERO, _ -> {}));
            return Optional.empty();
        } catch (LockedException e) {
            ProcessMark holder = e.holder().process();
            return holder.isAlive() ? ProcessHandle.of(holder.pid()) : Optional.empty();
        }
    }

    private static void end(List<ProcessHandle> processes, boolean force)
            throws InterruptedException {
        processes.forEach(process -> signal(process, force));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
        boolean forced = force;
        while (processes.stream().anyMatch(ProcessHandle::isAlive)) {
            if (!forced && System.nanoTime() > deadline) {
                processes.forEach(process -> signal(process, true));
                forced = true;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static void signal(ProcessHandle process, boolean force) {
        if (force) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
    }
}
