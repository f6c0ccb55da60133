package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.KillReport;
import dev.blast.environment.Environment;
import dev.blast.environment.ending.Standstill;
import dev.blast.environment.session.Workspace;

/**
 * {@code blast kill}: ends what runs in an environment, then finishes or undoes what it left open.
 * Files stay.
 */
public final class KillCommand implements Command {

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        EnvironmentChoice choice = EnvironmentChoice.ofWhatRuns(invocation, workspace);
        Environment environment = choice.environment();
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
}
