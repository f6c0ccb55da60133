package dev.blast.cli.report;

import dev.blast.cli.Golden;
import dev.blast.cli.terminal.Palette;
import dev.blast.enforcer.spawn.Glance;
import dev.blast.environment.session.SessionNote;
import dev.blast.rules.vocabulary.Answer.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What runs, as people and programs read it. */
class SessionsReportTest {
    private static final Instant SINCE = Instant.parse("2026-03-01T10:20:00Z");

    private static SessionsReport.Row row(
            long pid, String command, SessionNote note, Glance glance) {
        return new SessionsReport.Row(
                pid, SINCE, "10:20", Duration.ofSeconds(90), command, pid == 4313, note, glance);
    }

    private static void golden(String name, SessionsReport report) {
        Golden.check(name + ".txt", report.text(Palette.PLAIN));
        Golden.check(name + ".json", Json.document("list-sessions", report.json()));
    }

    @Test
    void whatIsInForceAndWhatIsUsed() {
        var limited =
                new SessionNote(
                        "full",
                        List.of(Path.of("/sys/fs/cgroup/blast-sandboxes-1000/blast-run-7-1")),
                        Map.of(
                                Resource.MEMORY, 2L << 30,
                                Resource.CPU, 1500L,
                                Resource.PROCESSES, 256L,
                                Resource.IO, 200_000_000L,
                                Resource.DISK, 4_000_000_000L,
                                Resource.TIME, 1200L));
        golden(
                "list-sessions",
                new SessionsReport(
                        "shop",
                        List.of(
                                row(
                                        101,
                                        "pytest -x",
                                        limited,
                                        new Glance(
                                                true,
                                                true,
                                                true,
                                                true,
                                                true,
                                                12L << 20,
                                                20L << 20,
                                                3_100_000L,
                                                3L,
                                                1_200_000L)),
                                row(
                                        202,
                                        "python serve.py\nblast: x",
                                        new SessionNote(
                                                "without cgroup, network", List.of(), Map.of()),
                                        new Glance(
                                                null, false, false, true, null, 5L << 20, null,
                                                40_000L, 1L, null)),
                                row(
                                        303,
                                        "sh",
                                        SessionNote.NONE,
                                        new Glance(
                                                null, null, null, null, null, null, null, null,
                                                null, null)))));
    }

    @Test
    void nothingRuns() {
        golden("list-sessions-empty", new SessionsReport("shop", List.of()));
    }
}
