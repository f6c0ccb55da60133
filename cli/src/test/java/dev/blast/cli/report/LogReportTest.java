package dev.blast.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.Golden;
import dev.blast.cli.terminal.Palette;
import dev.blast.enforcer.gate.ConnectionAttempt.Result;
import dev.blast.environment.ledger.LoggedAttempt;
import dev.blast.environment.ledger.LoggedAttempt.Carried;
import dev.blast.environment.ledger.LoggedAttempt.Matter;
import dev.blast.environment.ledger.LoggedRun;
import dev.blast.environment.ledger.LoggedViolation;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.fact.ViolationKind;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogReportTest {
    private static final ZonedDateTime NOW =
            ZonedDateTime.parse("2026-11-30T10:30:00+01:00[Europe/Berlin]");
    private static final Instant NINE = Instant.parse("2026-11-30T08:00:00Z");
    private static final int EPIPE = 32;
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Reason ARTIFACTS = rule("artifacts", 3, "allow", "");

    @Test
    void whatWasTried() {
        var report = new LogReport("shop", List.of(fetch(), serve()), false, 0, NOW);
        Golden.check("log.txt", report.text(Palette.PLAIN));
        Golden.check("log.json", Json.document("log", report.json()));
    }

    @Test
    void whatWasRefused() {
        List<LoggedRun> refused =
                Stream.of(fetch(), serve())
                        .map(run -> run.only(it -> it.matter().isRefused(), _ -> false))
                        .toList();
        Golden.check(
                "log-denied.txt", new LogReport("shop", refused, true, 0, NOW).text(Palette.PLAIN));
    }

    @Test
    void theLastAreShown() {
        List<LoggedRun> many =
                IntStream.rangeClosed(1, 12)
                        .mapToObj(i ->
                                new LoggedRun(
                                        i, NINE, null, "blast run x", List.of(), 0, List.of()))
                        .toList();
        String text = new LogReport("shop", many, false, 0, NOW).last(10).text(Palette.PLAIN);
        assertThat(text).startsWith("2 earlier: blast log --all\nsession 3  ");
        assertThat(text.lines()).hasSize(11);
    }

    @Test
    void nothingIsSaidToBeNothing() {
        assertThat(new LogReport("shop", List.of(), false, 0, NOW).text(Palette.PLAIN))
                .isEqualTo("shop: no session has tried to reach anything, or ran into a limit\n");
        assertThat(new LogReport("shop", List.of(), true, 0, NOW).text(Palette.PLAIN))
                .isEqualTo("shop: nothing of that kind is kept\n");
    }

    @Test
    void foreignTextBeginsNoLine() {
        var run =
                new LoggedRun(
                        1,
                        NINE,
                        null,
                        "blast run 'a\nb'",
                        List.of(
                                attempt(
                                        0,
                                        1,
                                        new Connection(
                                                "/tmp/a\nsession 2",
                                                0,
                                                null,
                                                Protocol.UNIX,
                                                Direction.OUT,
                                                Path.of("/tmp/py\nthon"),
                                                false,
                                                false,
                                                false,
                                                false),
                                        Result.REFUSED,
                                        0,
                                        null,
                                        null,
                                        null)),
                        0,
                        List.of(
                                violation(
                                        1,
                                        ViolationKind.CONNECT,
                                        "/tmp/a\nsession 3",
                                        1,
                                        Outcome.STOPPED,
                                        List.of(rule("a\nb", 1, "stop", "")))));
        assertThat(new LogReport("sh\nop", List.of(run), false, 0, NOW).text(Palette.PLAIN).lines())
                .hasSize(3);
    }

    static LoggedRun fetch() {
        return new LoggedRun(
                16,
                NINE.minusSeconds(60_000),
                NINE.minusSeconds(10),
                "blast run python fetch.py",
                List.of(
                        attempt(
                                -60_000,
                                3,
                                tcp("files.example", 443),
                                Result.REACHED,
                                0,
                                ARTIFACTS,
                                null,
                                new Carried(1_234, 5_400_000)),
                        attempt(
                                -59_000,
                                1,
                                tcp("files.example", 443),
                                Result.FAILED,
                                EPIPE,
                                ARTIFACTS,
                                null,
                                null),
                        attempt(
                                -10,
                                2,
                                tcp("api.example", 443),
                                Result.REFUSED,
                                0,
                                null,
                                "1a2b3c4d",
                                null)),
                712,
                List.of());
    }

    static LoggedRun serve() {
        return new LoggedRun(
                17,
                NINE,
                null,
                "blast run flask run",
                List.of(
                        attempt(
                                9,
                                1_234,
                                tcp("2001:db8::1", 5432),
                                Result.REFUSED,
                                0,
                                rule("not by ourselves", 9, "deny", "ask the team"),
                                "0badcafe",
                                null),
                        attempt(
                                1,
                                1,
                                asked("nowhere.example", 0, Protocol.UDP, Direction.OUT),
                                Result.REFUSED,
                                0,
                                null,
                                "00000001",
                                null),
                        attempt(
                                2,
                                1,
                                asked("ntp.example", 123, Protocol.UDP, Direction.OUT),
                                Result.REACHED,
                                0,
                                rule("clocks", 20, "allow", ""),
                                null,
                                null),
                        attempt(
                                3,
                                1,
                                asked("/run/db.sock", 0, Protocol.UNIX, Direction.OUT),
                                Result.FAILED,
                                0,
                                rule("clocks", 20, "allow", ""),
                                null,
                                null),
                        attempt(
                                4,
                                1,
                                asked("localhost", 5000, Protocol.TCP, Direction.IN),
                                Result.REACHED,
                                0,
                                Reason.ofBlast("--publish", "allow", "asked for by you"),
                                null,
                                null)),
                0,
                List.of(
                        violation(
                                2,
                                ViolationKind.MEMORY,
                                "512 MiB",
                                3,
                                Outcome.RECORDED,
                                List.of(rule("not enough", 3, "warn", "look at it"))),
                        violation(
                                5,
                                ViolationKind.PROCESSES,
                                "64",
                                1_234,
                                Outcome.FROZEN,
                                List.of(rule("a person looks", 5, "freeze", ""))),
                        violation(6, ViolationKind.CPU, "1 cpu", 1, Outcome.RECORDED, List.of()),
                        violation(
                                9,
                                ViolationKind.CONNECT,
                                "[2001:db8::1]:5432",
                                1_234,
                                Outcome.STOPPED,
                                List.of(rule("no knocking", 7, "stop", "ask the team")))));
    }

    private static LoggedViolation violation(
            long seconds,
            ViolationKind kind,
            String subject,
            long count,
            Outcome outcome,
            List<Reason> reasons) {
        boolean recorded = outcome == Outcome.RECORDED;
        return new LoggedViolation(
                kind,
                subject,
                count,
                NINE.plusSeconds(seconds),
                NINE.plusSeconds(seconds + count / 2),
                outcome,
                recorded ? List.of() : reasons,
                recorded ? reasons : List.of(),
                null,
                outcome == Outcome.FROZEN ? "SIGINT" : null);
    }

    private static Reason rule(String name, int line, String verb, String text) {
        return new Reason(
                new Origin("policies/network.drl", line, 1), name, Layer.PROJECT, verb, text);
    }

    private static Connection tcp(String host, int port) {
        return asked(host, port, Protocol.TCP, Direction.OUT);
    }

    private static Connection asked(String host, int port, Protocol protocol, Direction direction) {
        Path program = protocol == Protocol.UDP ? null : PYTHON;
        return new Connection(
                host, port, null, protocol, direction, program, false, false, false, false);
    }

    private static LoggedAttempt attempt(
            long seconds,
            long count,
            Connection asked,
            Result result,
            int errno,
            @Nullable Reason reason,
            @Nullable String decision,
            @Nullable Carried carried) {
        boolean refused = result == Result.REFUSED;
        return new LoggedAttempt(
                new Matter(
                        asked,
                        refused ? Outcome.DENIED : Outcome.ALLOWED,
                        result,
                        errno,
                        reason == null ? List.of() : List.of(reason),
                        null,
                        errno == EPIPE ? "p.example:3128" : null),
                NINE.plusSeconds(seconds),
                NINE.plusSeconds(seconds + count - 1),
                count,
                asked.program() == null ? 0 : 4312,
                refused ? List.of() : List.of(InetAddress.ofLiteral("192.0.2.1")),
                decision,
                carried);
    }
}
