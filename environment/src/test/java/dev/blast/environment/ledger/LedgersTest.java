package dev.blast.environment.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.gate.ConnectionAttempt.Result;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of runs, for how long, and what cannot be. */
final class LedgersTest extends LedgerFixture {
    @Test
    void foreignTextComesBackAsItWas() throws EnvironmentException {
        var run =
                new LoggedRun(
                        3,
                        NINE,
                        null,
                        "blast run 'a\nend\nb\\'",
                        List.of(
                                LoggedAttempt.first(
                                                attempt(
                                                        new Connection(
                                                                "/tmp/a\nb \\n\r.sock",
                                                                0,
                                                                null,
                                                                Protocol.UNIX,
                                                                Direction.OUT,
                                                                Path.of("/tmp/py\nthon"),
                                                                true,
                                                                false,
                                                                false,
                                                                false),
                                                        Result.REFUSED,
                                                        0))
                                        .keptAs("1a2b3c4d"),
                                LoggedAttempt.first(failed("db.internal", 1, 13)).carrying(1, 2)),
                        7,
                        List.of());
        assertThat(LoggedRun.of(3, run.text())).isEqualTo(run);
    }

    @Test
    void aRunThatTriesNothingLeavesNothing() throws EnvironmentException {
        begin().close();
        assertThat(ledgers.runs()).isEmpty();
        assertThat(directories.state().resolve("ledgers")).doesNotExist();
    }

    @Test
    void runsAreNumberedAndForTheirUserAlone() throws EnvironmentException, IOException {
        try (RunLedger first = begin();
                RunLedger second = begin()) {
            first.record(failed("a.example", 1, 0));
            second.record(failed("b.example", 1, 0));
        }
        assertThat(ledgers.runs()).extracting(LoggedRun::number).containsExactly(1, 2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ledgers.folder())))
                .isEqualTo("rwx------");
        assertThat(new Ledgers(directories, new Environment(home.resolve("etl/.venv"))).runs())
                .isEmpty();
    }

    @Test
    void oldRunsAreForgottenAndNumbersDoNotComeAgain() throws EnvironmentException, IOException {
        for (int i = 1; i <= 105; i++) {
            run();
        }
        assertThat(ledgers.runs())
                .extracting(LoggedRun::number)
                .hasSize(100)
                .startsWith(6)
                .endsWith(105);
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(31)));
        for (int number = 6; number <= 105; number++) {
            Files.setLastModifiedTime(ledgers.folder().resolve(Integer.toString(number)), longAgo);
        }
        run();
        assertThat(ledgers.runs()).extracting(LoggedRun::number).containsExactly(105, 106);
    }

    @Test
    void whatIsKeptOfEnvironmentsThatAreNoMoreIsForgottenToo()
            throws EnvironmentException, IOException {
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(31)));
        Path quiet = Files.createDirectories(ledgers.folder().resolveSibling("quiet"));
        Files.writeString(quiet.resolve("1"), "began");
        Files.setLastModifiedTime(quiet, longAgo);
        Path busy = Files.createDirectories(ledgers.folder().resolveSibling("busy"));
        Files.writeString(busy.resolve("1"), "began");
        run();
        Files.setLastModifiedTime(ledgers.folder(), longAgo);
        run();
        assertThat(quiet).doesNotExist();
        assertThat(busy.resolve("1")).exists();
        assertThat(ledgers.runs()).hasSize(2);
    }

    @Test
    void whatCannotBeReadIsPassedOver() throws EnvironmentException, IOException {
        run();
        run();
        run();
        Files.writeString(ledgers.folder().resolve("1"), "began 2026\nend\n");
        Files.writeString(ledgers.folder().resolve("2"), "");
        assertThat(ledgers.runs()).extracting(LoggedRun::number).containsExactly(3);
    }

    @Test
    void oneThatCannotBeWrittenIsSaidOnce() throws EnvironmentException, IOException {
        Files.createDirectories(directories.state().resolve("ledgers"));
        Files.writeString(ledgers.folder(), "in the way");
        try (RunLedger ledger = begin()) {
            ledger.record(failed("a.example", 1, 0));
            ledger.record(refused("api.example", 443));
        }
        assertThat(trouble)
                .singleElement()
                .asString()
                .startsWith("what this run reaches is not logged: ")
                .contains(ledgers.folder().toString());
        assertThat(said).hasSize(1);
    }

    @Test
    void whatGoesOnCanBeReadAndIsNotWrittenForEach() throws Exception {
        try (RunLedger ledger = begin()) {
            ledger.record(failed("a.example", 1, 0));
            Instant patience = Instant.now().plusSeconds(20);
            while (ledgers.runs().isEmpty() && Instant.now().isBefore(patience)) {
                Thread.onSpinWait();
            }
            LoggedRun run = ledgers.runs().getFirst();
            assertThat(run.ended()).isNull();
            assertThat(run.attempts()).hasSize(1);
        }
        assertThat(ledgers.runs().getFirst().ended()).isNotNull();
    }

    private void run() {
        try (RunLedger ledger = begin()) {
            ledger.record(failed("a.example", 1, 0));
        }
    }
}
