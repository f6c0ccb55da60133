package dev.blast.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.terminal.Palette;
import dev.blast.environment.copy.CopyChange;
import dev.blast.environment.copy.CopyChange.Deed;
import dev.blast.environment.copy.CopyChange.Thing;
import dev.blast.environment.copy.Keepable;
import dev.blast.environment.copy.LineCounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ChangesReportTest {

    private static ChangesReport.Row row(
            String path, Deed deed, Thing thing, String detail, Keepable standing) {
        return new ChangesReport.Row(
                new CopyChange(
                        Path.of(path),
                        deed,
                        thing,
                        deed == Deed.ADDED ? 0 : 2000,
                        deed == Deed.REMOVED ? 0 : 3000,
                        detail,
                        standing),
                null);
    }

    @Test
    void whatMustBeNamedStandsFirst() {
        var rows =
                new ArrayList<ChangesReport.Row>(
                        List.of(
                                row("a", Deed.CHANGED, Thing.FILE, "", Keepable.FREE),
                                row("new", Deed.ADDED, Thing.FOLDER, "", Keepable.FREE),
                                row("new/b", Deed.ADDED, Thing.FILE, "", Keepable.FREE),
                                row("empty", Deed.ADDED, Thing.FOLDER, "", Keepable.FREE),
                                row("old", Deed.REMOVED, Thing.FILE, "", Keepable.FREE),
                                row(
                                        "out",
                                        Deed.ADDED,
                                        Thing.LINK,
                                        "-> /etc",
                                        new Keepable.OnlyNamed("it leads out")),
                                row(
                                        "p\nq",
                                        Deed.ADDED,
                                        Thing.OTHER,
                                        "",
                                        new Keepable.Never("it is a pipe"))));
        var report = new ChangesReport(rows, Set.of("a"));
        assertThat(report.text(Palette.PLAIN))
                .isEqualTo(
                        """
                          ! out  added  -> /etc: it leads out; kept only if named
                          ! p\\nq  added: not kept, it is a pipe
                          ~ a  3.00 kB
                          + new/b  3.00 kB
                          + empty/
                          - old  2.00 kB
                        """);
        assertThat(report.summary())
                .isEqualTo(
                        "in its throwaway copy the program added 5, changed 1, removed 1 (18.0 kB of files)");
        assertThat(Json.document("changes", report.json()))
                .contains("\"path\" : \"a\"")
                .contains("\"standing\" : \"only if named\"")
                .containsOnlyOnce("\"kept\" : true");
    }

    @Test
    void aLongListIsCutOnTheTerminalOnly() {
        var rows = new ArrayList<ChangesReport.Row>();
        for (int i = 0; i < 100; i++) {
            rows.add(
                    new ChangesReport.Row(
                            new CopyChange(
                                    Path.of("f" + i),
                                    Deed.ADDED,
                                    Thing.FILE,
                                    0,
                                    1,
                                    "",
                                    Keepable.FREE),
                            new LineCounts(1, 0)));
        }
        var report = new ChangesReport(rows, Set.of());
        assertThat(report.text(Palette.PLAIN).lines())
                .hasSize(41)
                .contains("  and 60 more; --changes FILE writes all of them");
        assertThat(Json.document("changes", report.json())).contains("\"f99\"");
    }
}
