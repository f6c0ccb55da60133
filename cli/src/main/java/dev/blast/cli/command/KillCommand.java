package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.KillReport;
import dev.blast.cli.report.ResumeReport;
import dev.blast.cli.report.Resumption;
import dev.blast.environment.Environment;
import dev.blast.environment.ending.Standstill;
import dev.blast.environment.session.Sessions;
import dev.blast.environment.session.Sessions.Session;
import dev.blast.environment.session.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code blast kill}: ends what runs in an environment, then finishes or undoes what it left open.
 * Files stay. With {@code --resume} it lets go on what a rule has frozen, and ends nothing.
 */
public final class KillCommand implements Command {
    private static final String RESUME = "--resume";

    /** A Blast that is not suspended looks five times a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(50);

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        EnvironmentChoice choice = EnvironmentChoice.ofWhatRuns(invocation, workspace);
        Environment environment = choice.environment();
        if (invocation.arguments().has(RESUME)) {
            return resume(invocation, choice.name(), workspace.sessions(environment));
        }
        Standstill standstill =
                Standstill.bring(
                        workspace.dossier(environment),
                        workspace.sessions(environment),
                        invocation.line(),
                        invocation.arguments().has("--force"));
        var report = new KillReport(choice.name(), standstill);
        if (!report.isWhole()) {
            invocation.answer(report);
            return Exit.LOCKED.code();
        }
        invocation.tell(report);
        return Exit.DONE.code();
    }

    private static int resume(Invocation invocation, String name, Sessions sessions)
            throws Exception {
        if (invocation.arguments().has("--force")) {
            throw new Failure(
                    Exit.USAGE, "--resume ends nothing, so there is nothing to do with --force");
        }
        List<Session> frozen = sessions.list().stream().filter(Session::frozen).toList();
        for (Session session : frozen) {
            sessions.resume(session);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Session> left = frozen;
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(PAUSE);
            left =
                    sessions.list().stream()
                            .filter(it -> isAmong(frozen, it) && sessions.isToGoOn(it))
                            .toList();
        }
        List<Session> unanswered = left;
        unanswered.stream()
                .filter(session -> !session.frozen())
                .forEach(sessions::withdraw); // it would let the next freeze go on at once
        List<Session> now = sessions.list();
        var resumptions = new ArrayList<Resumption>();
        for (Session session : frozen) {
            resumptions.add(
                    new Resumption(
                            session,
                            isAmong(unanswered, session)
                                    ? Resumption.Course.UNANSWERED
                                    : course(session, now, sessions)));
        }
        invocation.answer("kill-resume", new ResumeReport(name, resumptions));
        return resumptions.stream().anyMatch(it -> it.course().isFrozen())
                ? Exit.LOCKED.code()
                : Exit.DONE.code();
    }

    /** What came of it, as it stands now. */
    private static Resumption.Course course(Session session, List<Session> now, Sessions sessions) {
        return now.stream()
                .filter(it -> it.process().equals(session.process()))
                .findFirst()
                .map(it ->
                        !it.frozen()
                                ? Resumption.Course.GOES_ON
                                : sessions.stays(it)
                                        ? Resumption.Course.STAYS
                                        : Resumption.Course.FROZEN_AGAIN)
                .orElse(Resumption.Course.ENDED);
    }

    private static boolean isAmong(List<Session> sessions, Session one) {
        return sessions.stream().anyMatch(it -> it.process().equals(one.process()));
    }
}
