package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.CleanReport;
import dev.blast.cli.report.ForgottenSaveReport;
import dev.blast.cli.syntax.Nearest;
import dev.blast.environment.change.Generation;
import dev.blast.environment.saves.SaveName;
import dev.blast.environment.saves.Saves;
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
        Optional<String> save = invocation.arguments().value("--save");
        if (save.isPresent()) {
            return forget(save.get(), invocation, workspace);
        }
        EnvironmentChoice choice = EnvironmentChoice.of(invocation, workspace);
        InUse.refuse(choice, workspace);
        Optional<Generation> generation =
                Clean.run(
                        workspace.dossier(choice.environment()),
                        workspace.store(),
                        workspace.caller(invocation.interactive(), choice.environment()),
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

    private static int forget(String typed, Invocation invocation, Workspace workspace)
            throws Exception {
        if (!invocation.arguments().operands().isEmpty()) {
            throw new Failure(
                    Exit.USAGE,
                    "clean %s --save %s: one of them at a time"
                            .formatted(invocation.arguments().operands().getFirst(), typed));
        }
        SaveName name = SaveCommand.name(typed);
        var saves = new Saves(workspace.directories());
        if (!saves.remove(name)) {
            throw new Failure(
                    Exit.FINDINGS,
                    "there is no save '%s'".formatted(name),
                    Nearest.hint(typed, saves.names().stream().map(SaveName::text).toList()));
        }
        invocation.tell(new ForgottenSaveReport(name.text()));
        return Exit.DONE.code();
    }
}
