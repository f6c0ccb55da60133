package dev.blast.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.report.Resumption.Course;
import dev.blast.cli.terminal.Palette;
import dev.blast.environment.ProcessMark;
import dev.blast.environment.session.SessionNote;
import dev.blast.environment.session.Sessions.Session;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is said of each is what came of it. */
class ResumeReportTest {
    private static Resumption resumption(Course course) {
        return new Resumption(
                new Session(
                        new ProcessMark(4711, 1),
                        Instant.parse("2026-11-30T09:00:00Z"),
                        "python x.py",
                        null,
                        false,
                        true,
                        SessionNote.NONE),
                course);
    }

    @Test
    void eachWithWhatCameOfIt() {
        var report =
                new ResumeReport(
                        "shop", Stream.of(Course.values()).map(it -> resumption(it)).toList());
        assertThat(report.text(Palette.PLAIN))
                .isEqualTo(
                        """
                        shop: pid 4711, python x.py: goes on
                        shop: pid 4711, python x.py: has ended meanwhile
                        shop: pid 4711, python x.py: went on, and is frozen again: blast log says for what
                        shop: pid 4711, python x.py: still frozen: its blast tried, and it does not go on; a control group above it may be frozen, and blast kill ends it
                        shop: pid 4711, python x.py: still frozen: the blast that started it does not answer; it may be suspended (fg), or blast kill ends it
                        """);
        assertThat(
                        Json.document(
                                "kill-resume",
                                new ResumeReport("shop", List.of(resumption(Course.STAYS))).json()))
                .contains("\"course\" : \"stays\"", "\"frozen\" : true");
        assertThat(new ResumeReport("shop", List.of()).text(Palette.PLAIN))
                .isEqualTo("shop: nothing is frozen\n");
    }
}
