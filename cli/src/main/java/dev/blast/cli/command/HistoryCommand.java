package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.GenerationRow;
import dev.blast.cli.report.HistoryPage;
import dev.blast.cli.report.HistoryReport;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.GenerationDiff;
import dev.blast.environment.change.History;
import dev.blast.environment.change.Timeline;
import dev.blast.environment.session.Workspace;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code blast history}: what an environment has been. */
public final class HistoryCommand implements Command {
    /** As many as are seen at once. */
    private static final int SHOWN = 20;

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        PictureFiles pictures = PictureFiles.of(invocation);
        EnvironmentChoice choice = EnvironmentChoice.remembered(invocation, workspace);
        try (History history = History.of(workspace.dossier(choice.environment()))) {
            List<Generation> all = history.generations();
            if (history.isLost(Applied.of(choice.environment()))) {
                invocation
                        .console()
                        .say(
                                "warning: the history of this environment is lost, or was kept by another user; the next change begins a new one with what is there");
            }
            var whole =
                    new HistoryReport(
                            choice.name(),
                            workspace.caller(invocation.interactive()).user(),
                            rows(all, history.kept()),
                            0);
            pictures.write(new HistoryPage(whole));
            boolean isWhole =
                    invocation.arguments().has("--all") || invocation.arguments().has("--json");
            invocation.answer(isWhole ? whole : whole.last(SHOWN));
        }
        return Exit.DONE.code();
    }

    static String when(ZonedDateTime local, LocalDate today) {
        if (local.toLocalDate().equals(today)) {
            return CLOCK.format(local);
        }
        return local.toLocalDate().equals(today.minusDays(1))
                ? "yesterday " + CLOCK.format(local)
                : DAY.format(local);
    }

    /** The newest first. */
    private static List<GenerationRow> rows(List<Generation> all, Set<Integer> kept) {
        int state = Timeline.of(all).now();
        var rows = new ArrayList<GenerationRow>();
        for (int i = 0; i < all.size(); i++) {
            Generation it = all.get(i);
            GenerationDiff diff =
                    i + 1 < all.size()
                            ? GenerationDiff.of(all.get(i + 1), it)
                            : GenerationDiff.first(it);
            rows.add(
                    new GenerationRow(
                            it.number(),
                            it.time(),
                            when(
                                    it.time().atZone(ZoneId.systemDefault()),
                                    LocalDate.now(ZoneId.systemDefault())),
                            it.occasion().kind().name().toLowerCase(Locale.ROOT),
                            it.command(),
                            it.occasion().restored(),
                            it.occasion().user(),
                            it.occasion().ci(),
                            it.strategy(),
                            it.python(),
                            it.policy(),
                            it.occasion().sandbox(),
                            it.packages().size(),
                            Generations.packages(diff),
                            kept.contains(it.number()),
                            it.number() == state));
        }
        return rows;
    }
}
