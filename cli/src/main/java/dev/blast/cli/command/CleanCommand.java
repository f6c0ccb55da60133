package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.CleanReport;
import dev.blast.environment.change.Generation;
import dev.blast.environment.session.Bytecode;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.Clean;
import java.time.Instant;
import java.util.Optional;

/** {@code blast clean}: what can be made again goes; the project, its lock and the history stay. */
public final class CleanCommand implements Command {

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        EnvironmentChoice choice = EnvironmentChoice.of(invocation, workspace);
        InUse.refuse(choice, workspace);
        Optional<Generation> generation =
                Clean.run(
                        workspace.dossier(choice.environment()),
                        workspace.store(),
                        workspace.caller(invocation.interactive()),
                        invocation.line(),
                        Instant.now(),
                        PatienceOption.of(invocation));
        new Bytecode(choice.environment()).clear();
        workspace.environments().forget(choice.environment());
        invocation.tell(
                new CleanReport(
                        choice.name(),
                        workspace.shown(choice.environment().root()),
                        generation.isPresent()));
        return Exit.DONE.code();
    }
}
