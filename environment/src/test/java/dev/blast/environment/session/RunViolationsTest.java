package dev.blast.environment.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.blast.enforcer.spawn.FrozenEnd;
import dev.blast.enforcer.spawn.Overseer.Consequence;
import dev.blast.enforcer.spawn.Overseer.Done;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.TestRules;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.environment.ledger.Ledgers;
import dev.blast.environment.ledger.LoggedRun;
import dev.blast.environment.ledger.LoggedViolation;
import dev.blast.environment.ledger.RefusalLines;
import dev.blast.environment.ledger.RunLedger;
import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.fact.ViolationKind;
import dev.blast.rules.vocabulary.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What rules say of a violation, and what people read of it. */
final class RunViolationsTest {
    private static final String RULES =
            """
            package test
            rule "not enough" when Violation( kind == MEMORY ) then warn( "give it more" ); end
            rule "no knocking" when Violation( kind == CONNECT, count >= 3 ) then stop( "three is enough" ); end
            rule "look first" @reason("a bomb, perhaps") when Violation( kind == PROCESSES ) then freeze(); end
            """;

    @TempDir Path home;
    private final List<String> said = new ArrayList<>();
    private Policy policy;
    private Context context;
    private Directories directories;
    private Environment environment;

    @BeforeEach
    void anEnvironment() {
        policy = TestRules.policy(RULES);
        Path root = home.resolve("shop/.venv");
        context = TestRules.context(root);
        directories = Directories.of(Map.of(), home);
        environment = new Environment(root);
    }

    private RunLedger ledger() {
        var decisions = new KeptDecisions(Dossier.of(directories, environment));
        var why = new Explanations(policy, context);
        var refusals =
                new RefusalLines(
                        decisions, context.session(), "blast run x", why::of, List.of(), said::add);
        return new Ledgers(directories, environment)
                .begin("blast run x", refusals, said::add, said::add);
    }

    private List<LoggedViolation> kept() throws EnvironmentException {
        List<LoggedRun> runs = new Ledgers(directories, environment).runs();
        return runs.isEmpty() ? List.of() : runs.getFirst().violations();
    }

    @Test
    void aWarningIsOneLineForEachSubject() throws EnvironmentException {
        try (RunLedger ledger = ledger()) {
            var violations = new RunViolations(policy, context, ledger, said::add);
            for (long count = 1; count < 5; count++) {
                var it = new Violation(ViolationKind.MEMORY, count, "64 MiB");
                assertThat(violations.violated(it)).isEqualTo(Consequence.NONE);
            }
        }
        assertThat(said)
                .containsExactly(
                        "blast: warning: beyond the memory limit of 64 MiB; rule \"not enough\", test.drl:2: give it more");
        assertThat(kept())
                .extracting(
                        LoggedViolation::kind,
                        LoggedViolation::subject,
                        LoggedViolation::count,
                        LoggedViolation::outcome,
                        it -> it.warnings().size())
                .containsExactly(tuple(ViolationKind.MEMORY, "64 MiB", 4L, Outcome.RECORDED, 1));
    }

    @Test
    void whatStopsSaysWhichRuleAndWhy() throws EnvironmentException {
        try (RunLedger ledger = ledger()) {
            var violations = new RunViolations(policy, context, ledger, said::add);
            var twice = new Violation(ViolationKind.CONNECT, 2, "x.example:443");
            assertThat(violations.violated(twice)).isEqualTo(Consequence.NONE);
            var it = new Violation(ViolationKind.CONNECT, 3, "x.example:443\nblast: all is well");
            assertThat(violations.violated(it)).isEqualTo(Consequence.STOP);
            violations.followed(it, Done.STOPPED);
        }
        assertThat(said)
                .containsExactly(
                        "blast: stopped: refused to connect to x.example:443\\nblast: all is well, 3 times; rule \"no knocking\", test.drl:3: three is enough");
        assertThat(kept())
                .extracting(LoggedViolation::outcome, it -> it.deciding().size())
                .containsExactly(tuple(Outcome.RECORDED, 0), tuple(Outcome.STOPPED, 1));
    }

    @Test
    void whatNobodyCouldFindAgainIsStoppedAndNotFrozen() throws EnvironmentException {
        try (RunLedger ledger = ledger()) {
            var violations = new RunViolations(policy, context, ledger, said::add);
            var it = new Violation(ViolationKind.PROCESSES, 1, "64");
            assertThat(violations.violated(it)).isEqualTo(Consequence.STOP);
            assertThat(violations.freezing()).isFalse();
            violations.followed(it, Done.STOPPED);
        }
        assertThat(said)
                .containsExactly(
                        "blast: stopped, as it cannot be frozen: beyond the limit of 64 processes; rule \"look first\", test.drl:4: a bomb, perhaps");
        assertThat(kept())
                .extracting(LoggedViolation::outcome, it -> it.deciding().size())
                .containsExactly(tuple(Outcome.STOPPED, 1));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void byWhatItEndedWhileItWasFrozenIsKept(FrozenEnd end, String by) throws Exception {
        var it = new Violation(ViolationKind.PROCESSES, 2, "64");
        var sessions = new Sessions(directories, environment);
        long ours = ProcessHandle.current().pid();
        try (Sessions.Entry entry = sessions.open(ours, "x", false, SessionNote.NONE);
                RunLedger ledger = ledger()) {
            var violations = new RunViolations(policy, context, ledger, said::add);
            violations.found(entry);
            assertThat(violations.violated(it)).isEqualTo(Consequence.FREEZE);
            violations.endedFrozen(it, end);
        }
        assertThat(said).containsExactly("blast: ended while it was frozen, by " + by);
        assertThat(kept())
                .extracting(
                        LoggedViolation::outcome,
                        LoggedViolation::count,
                        each -> each.deciding().size(),
                        LoggedViolation::ending)
                .containsExactly(tuple(Outcome.FROZEN, 2L, 1, by));
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(new FrozenEnd.Asked(2), "SIGINT"),
                Arguments.of(new FrozenEnd.Ended(137), "SIGKILL"),
                Arguments.of(
                        new FrozenEnd.Ended(3),
                        "its own exit 3: somebody let it go on from outside"),
                Arguments.of(
                        new FrozenEnd.LetGoOn(),
                        "Blast: somebody let it go on from outside, and it could not be stopped again"));
    }

    @Test
    void whatHadEndedIsSaidToHaveEnded() {
        try (RunLedger ledger = ledger()) {
            var violations = new RunViolations(policy, context, ledger, said::add);
            var it = new Violation(ViolationKind.PROCESSES, 1, "64");
            violations.violated(it);
            violations.followed(it, Done.NOTHING_RAN);
        }
        assertThat(said)
                .containsExactly(
                        "blast: it had ended before it could be stopped: beyond the limit of 64 processes; rule \"look first\", test.drl:4: a bomb, perhaps");
    }

    /** It is ended before rules are asked, and without one that says so. */
    @Test
    void aWallThatIsLostIsNamedWithoutARule() {
        try (RunLedger ledger = ledger()) {
            var violations = new RunViolations(policy, context, ledger, said::add);
            var it = new Violation(ViolationKind.BOUNDARY, 1, "Landlock");
            assertThat(violations.violated(it)).isEqualTo(Consequence.NONE);
            violations.followed(it, Done.STOPPED);
        }
        assertThat(said)
                .containsExactly(
                        "blast: stopped: its sandbox is not as it was planned: Landlock; Blast itself ends it, whatever rules say");
    }

    @Test
    void noMoreLinesThanPeopleRead() {
        try (RunLedger ledger = ledger()) {
            var violations = new RunViolations(policy, context, ledger, said::add);
            for (int i = 0; i < 100; i++) {
                violations.violated(new Violation(ViolationKind.MEMORY, 1, i + " MiB"));
            }
        }
        assertThat(said)
                .hasSize(21)
                .endsWith("blast: more is warned of than is told here: blast log");
    }

    /** As whoever lets it go on from another terminal sees it. */
    @Test
    void aFrozenSessionIsFoundAndAskedToGoOn() throws EnvironmentException {
        var sessions = new Sessions(directories, environment);
        long ours = ProcessHandle.current().pid();
        try (Sessions.Entry entry = sessions.open(ours, "x", false, SessionNote.NONE)) {
            assertThat(sessions.list()).extracting(Sessions.Session::frozen).containsExactly(false);
            assertThat(entry.freeze()).isTrue();
            Sessions.Session frozen = sessions.list().getFirst();
            assertThat(frozen.frozen()).isTrue();
            assertThat(entry.isToGoOn()).isFalse();
            sessions.resume(frozen);
            assertThat(entry.isToGoOn()).isTrue();
            assertThat(sessions.isToGoOn(frozen)).isTrue();
            entry.goesOn();
            entry.stays();
            entry.answer();
            assertThat(entry.isToGoOn()).isFalse();
            assertThat(sessions.isToGoOn(frozen)).isFalse();
            assertThat(sessions.stays(frozen)).isTrue();
            assertThat(sessions.list()).extracting(Sessions.Session::frozen).containsExactly(true);
            entry.goesOn();
            assertThat(sessions.stays(frozen)).isFalse();
            assertThat(sessions.list()).extracting(Sessions.Session::frozen).containsExactly(false);
            assertThat(entry.freeze()).isTrue();
            assertThat(sessions.stays(frozen)).isFalse();
            assertThat(entry.isToEnd()).isFalse();
            sessions.noteEnding(frozen);
            assertThat(entry.isToEnd()).isTrue();
        }
        assertThat(sessions.list()).isEmpty();
        assertThat(directories.state().resolve("sessions").toFile().listFiles())
                .allSatisfy(folder -> assertThat(folder).isEmptyDirectory());
    }

    /** Of an earlier freeze, or of an earlier process of the same number. */
    @Test
    void anOldWishLetsNothingGoOn() throws EnvironmentException {
        var sessions = new Sessions(directories, environment);
        long ours = ProcessHandle.current().pid();
        try (Sessions.Entry entry = sessions.open(ours, "x", false, SessionNote.NONE)) {
            sessions.resume(sessions.list().getFirst());
            assertThat(entry.freeze()).isTrue();
            assertThat(entry.isToGoOn()).isFalse();
            sessions.resume(sessions.list().getFirst());
            sessions.withdraw(sessions.list().getFirst());
            assertThat(entry.isToGoOn()).isFalse();
            sessions.resume(sessions.list().getFirst());
            Sessions.Entry next = sessions.open(ours, "y", false, SessionNote.NONE);
            assertThat(next.isToGoOn()).isFalse();
            assertThat(sessions.list()).extracting(Sessions.Session::frozen).containsExactly(false);
        }
    }

    /** As on a full disk: nobody would find it. */
    @Test
    void whatCannotBeEnteredIsNotFrozen() throws Exception {
        var sessions = new Sessions(directories, environment);
        long ours = ProcessHandle.current().pid();
        try (Sessions.Entry entry = sessions.open(ours, "x", false, SessionNote.NONE)) {
            Path folder = sessions.endingLock().resolveSibling("frozen-" + ours);
            Files.createDirectories(folder.resolve("in the way"));
            assertThat(entry.freeze()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "x.example, 443, TCP, x.example:443",
        "x.example, 0, UDP, x.example",
        "2001:db8::1, 53, UDP, [2001:db8::1]:53",
        "/run/db.sock, 0, UNIX, /run/db.sock"
    })
    void aRefusedConnectionIsNamedByWhereItLeads(
            String host, int port, Protocol protocol, String subject) {
        assertThat(
                        RunViolations.subject(
                                new Connection(
                                        host,
                                        port,
                                        null,
                                        protocol,
                                        Direction.OUT,
                                        null,
                                        false,
                                        false,
                                        false,
                                        false)))
                .isEqualTo(subject);
    }
}
