package dev.blast.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.Golden;
import dev.blast.enforcer.gate.ConnectionAttempt.Result;
import dev.blast.environment.ledger.LoggedAttempt;
import dev.blast.environment.ledger.LoggedAttempt.Matter;
import dev.blast.environment.session.RunCourse;
import dev.blast.environment.session.RunCourse.ProcessSpan;
import dev.blast.environment.session.UseSample;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.vocabulary.Answer.Resource;
import dev.blast.rules.vocabulary.Outcome;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunPageTest {
    private static final Instant NINE = Instant.parse("2026-11-30T08:00:00Z");
    private static final long MIB = 1 << 20;

    @Test
    void whatARunDid() {
        Golden.check("run-page.html", body(page("python3.14").html()));
    }

    @Test
    void whatIsNotSeenIsSaid() {
        var nothing = new UseSample(at(1), null, null, null);
        String page =
                page(new RunCourse(NINE, at(2), List.of(), 0, List.of(nothing)), Map.of()).html();
        assertThat(page)
                .contains(
                        "0 processes seen",
                        "nothing asked of the network",
                        "Nothing was tried.",
                        "nothing was seen of it; no limit",
                        "<td>not seen</td><td>not seen</td><td>not seen</td>")
                .doesNotContain("class=\"amount\"");
    }

    /** The kernel counts by the tick, and a group counts what made the sandbox as well. */
    @Test
    void processorsAreAveraged() {
        List<UseSample> samples =
                List.of(
                        cpu(10, 90_000),
                        cpu(20, 110_000),
                        cpu(310, 240_000),
                        cpu(560, 740_000),
                        cpu(810, 700_000));
        String page = page(new RunCourse(NINE, at(1), List.of(), 0, samples), Map.of()).html();
        assertThat(page)
                .contains(
                        "<tr><th scope=\"row\">0.01 s</th><td>not seen</td><td>not seen</td>",
                        "<tr><th scope=\"row\">0.02 s</th><td>not seen</td><td>2 cpus</td>",
                        "<tr><th scope=\"row\">0.31 s</th><td>not seen</td><td>0.45 cpus</td>",
                        "<tr><th scope=\"row\">0.56 s</th><td>not seen</td><td>2 cpus</td>",
                        "<tr><th scope=\"row\">0.81 s</th><td>not seen</td><td>0 cpus</td>");
    }

    private static UseSample cpu(long millis, long micros) {
        return new UseSample(NINE.plusMillis(millis), null, micros, null);
    }

    /** Drawn to scale it would leave nothing to see of the use. */
    @Test
    void aLimitFarAboveIsSaidAndNotDrawn() {
        var course =
                new RunCourse(
                        NINE, at(2), List.of(), 0, List.of(new UseSample(at(1), MIB, 0L, 1L)));
        assertThat(page(course, Map.of(Resource.MEMORY, 5 * MIB)).html())
                .contains("at most 1.00 MiB; the limit is 5.00 MiB")
                .doesNotContain("class=\"limit\"");
        assertThat(page(course, Map.of(Resource.MEMORY, 4 * MIB)).html())
                .contains("<line class=\"limit\"");
    }

    @Test
    void ofVeryManyTheFirstAreDrawnAndAllAreListed() {
        List<ProcessSpan> many =
                IntStream.range(0, 201)
                        .mapToObj(i -> new ProcessSpan(i, 1, "x", NINE, at(1), at(2)))
                        .toList();
        String page = page(new RunCourse(NINE, at(2), many, 3, List.of()), Map.of()).html();
        assertThat(page)
                .contains("204 processes seen", "The first 200 are drawn", "And 3 processes were")
                .contains("<th scope=\"row\">200</th><td>x</td>");
        assertThat(page.split("<g class=\"process\">", -1)).hasSize(1 + 200);
    }

    private static RunPage page(RunCourse course, Map<Resource, Long> limits) {
        return new RunPage(
                "shop",
                "x",
                0,
                course,
                List.of(),
                0,
                List.of(),
                List.of(),
                limits,
                ZoneId.of("UTC"));
    }

    /** One of each, with a program of that name that asks for a host of that name. */
    static RunPage page(String text) {
        var course =
                new RunCourse(
                        NINE,
                        at(24),
                        List.of(
                                new ProcessSpan(4312, 4300, text, at(0), at(23), at(24)),
                                new ProcessSpan(4313, 4312, "git", at(15), at(15), at(16))),
                        1,
                        List.of(
                                new UseSample(at(1), 30 * MIB, 500_000L, 1L),
                                new UseSample(at(16), 80 * MIB, 8_000_000L, 2L),
                                new UseSample(at(23), 64 * MIB, 8_000_000L, 1L)));
        var refused =
                new LoggedAttempt(
                        new Matter(
                                Connection.to(text, 443, false),
                                Outcome.DENIED,
                                Result.REFUSED,
                                0,
                                List.of(),
                                null,
                                null),
                        at(20),
                        at(20),
                        1,
                        0,
                        List.of(),
                        null,
                        null);
        return new RunPage(
                "shop",
                text,
                137,
                course,
                Stream.concat(LogReportTest.serve().attempts().stream(), Stream.of(refused))
                        .toList(),
                12,
                LogReportTest.serve().violations(),
                List.of(text + ": 1 process was killed at the memory limit of 96 MiB"),
                Map.of(Resource.MEMORY, 96 * MIB, Resource.CPU, 500L),
                ZoneId.of("Europe/Berlin"));
    }

    private static Instant at(long seconds) {
        return NINE.plusSeconds(seconds);
    }

    /** Without what all pages have. */
    private static String body(String page) {
        String outside = PageTest.outside(page);
        return outside.substring(outside.indexOf("<main>"), outside.indexOf("</main>"));
    }
}
