package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.KillReport;
import dev.blast.environment.ProcessMark;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.WriterLock;
import dev.blast.environment.session.Sessions;
import dev.blast.environment.session.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code blast kill}: ends what runs in an environment, then finishes or undoes what it left open.
 * Files stay.
 */
public final class KillCommand implements Command {
    private static final int GRACE_SECONDS = 5;
    private static final int POLL_MILLIS = 20;

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        EnvironmentChoice choice = EnvironmentChoice.of(invocation, workspace);
        boolean force = invocation.arguments().has("--force");
        List<Sessions.Session> sessions = workspace.sessions(choice.environment()).list();
        var processes = new ArrayList<ProcessMark>();
        sessions.forEach(session -> processes.add(session.process()));
        Dossier dossier = workspace.dossier(choice.environment());
        dossier.writer()
                .map(WriterLock.Holder::process)
                .filter(ProcessMark::isAlive)
                .ifPresent(processes::add);
        end(processes, force);
        Optional<String> recovered =
                dossier.recover(invocation.line(), PatienceOption.of(invocation));
        invocation.answer(new KillReport(choice.name(), sessions, recovered.orElse(null)));
        return Exit.DONE.code();
    }

    /**
     * A program that has ended and whose Blast is suspended stays as a zombie until that goes on:
     * it runs no more, and is not waited for.
     */
    private static void end(List<ProcessMark> processes, boolean force)
            throws InterruptedException {
        processes.forEach(process -> signal(process, force));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
        boolean forced = force;
        while (processes.stream().anyMatch(ProcessMark::isAlive)) {
            if (!forced && System.nanoTime() > deadline) {
                processes.forEach(process -> signal(process, true));
                forced = true;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Exactly that process, and no later one with its number. */
    private static void signal(ProcessMark mark, boolean force) {
        Optional<ProcessHandle> process =
                mark.isAlive() ? ProcessHandle.of(mark.pid()) : Optional.empty();
        if (force) {
            process.ifPresent(ProcessHandle::destroyForcibly);
        } else {
            process.ifPresent(ProcessHandle::destroy);
        }
    }
}
