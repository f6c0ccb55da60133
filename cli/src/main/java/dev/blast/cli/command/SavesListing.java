package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.SavesReport;
import dev.blast.environment.saves.Save;
import dev.blast.environment.saves.Saves;
import dev.blast.environment.session.Workspace;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;

/** {@code blast list saves}: what was saved, and from where. */
final class SavesListing {
    private SavesListing() {}

    static int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        LocalDate today = LocalDate.now(ZoneId.systemDefault());
        var rows = new ArrayList<SavesReport.Row>();
        for (Save save : new Saves(workspace.directories()).list()) {
            rows.add(
                    new SavesReport.Row(
                            save.name().text(),
                            save.time(),
                            HistoryCommand.when(save.time().atZone(ZoneId.systemDefault()), today),
                            save.environment(),
                            save.python().version().toString(),
                            save.packages().size(),
                            save.bytes(),
                            save.tree().hash(),
                            workspace.shown(Path.of(save.root()))));
        }
        invocation.answer("list-saves", new SavesReport(rows));
        return Exit.DONE.code();
    }
}
