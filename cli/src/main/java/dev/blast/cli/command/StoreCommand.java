package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.SweepReport;
import dev.blast.environment.change.Retention;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.Sweeping;
import java.nio.file.Path;
import java.time.Instant;

/** {@code blast store gc}: generations that need not be kept go, and what they alone had named. */
public final class StoreCommand implements Command {
    /** In the user's configuration. */
    private static final String SETTINGS = "blast.toml";

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        boolean dry = invocation.arguments().has("--dry-run");
        Sweeping.Result result =
                new Sweeping(
                                workspace.directories(),
                                workspace.store(),
                                invocation.arguments().has("--gone"))
                        .run(
                                Retention.of(workspace.directories().config().resolve(SETTINGS)),
                                Instant.now(),
                                dry,
                                invocation.line(),
                                PatienceOption.of(invocation))
                        .orElseThrow(() ->
                                new Failure(
                                        Exit.LOCKED,
                                        "the store is in use: another command is about to name what lies in it",
                                        "try again when it has finished"));
        invocation.answer(
                new SweepReport(
                        result.forgotten(),
                        result.gone().projects().stream().map(Path::toString).toList(),
                        result.gone().cleaned(),
                        result.histories(),
                        result.saves(),
                        result.swept(),
                        dry));
        return Exit.DONE.code();
    }
}
