package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.SessionsReport;
import dev.blast.enforcer.spawn.Glance;
import dev.blast.environment.session.Sessions;
import dev.blast.environment.session.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;

/** {@code blast list --sessions}: what runs in the environment here, looked at now. */
final class SessionsListing {
    private SessionsListing() {}

    static int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        EnvironmentChoice choice = EnvironmentChoice.ofWhatRuns(invocation, workspace);
        LocalDate today = LocalDate.now(ZoneId.systemDefault());
        var rows = new ArrayList<SessionsReport.Row>();
        for (Sessions.Session session : workspace.sessions(choice.environment()).list()) {
            rows.add(
                    new SessionsReport.Row(
                            session.process().pid(),
                            session.since(),
                            HistoryCommand.when(
                                    session.since().atZone(ZoneId.systemDefault()), today),
                            Duration.between(session.since(), Instant.now()),
                            session.command(),
                            session.frozen(),
                            session.note(),
                            Glance.of(session.process().pid(), session.note().groups())));
        }
        invocation.answer("list-sessions", new SessionsReport(choice.name(), rows));
        return Exit.DONE.code();
    }
}
