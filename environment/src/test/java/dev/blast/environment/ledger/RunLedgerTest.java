package dev.blast.environment.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.ConnectionAttempt.Result;
import dev.blast.enforcer.gate.ProxyAnswer;
import dev.blast.enforcer.gate.ThroughProxy;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.KeptDecision;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.packaging.Version;
import dev.blast.rules.Context;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.explain.ExplanationText;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.Session;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.fact.ViolationKind;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.vocabulary.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunLedgerTest {
    private static final Instant NINE = Instant.parse("2026-11-30T09:00:00Z");
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final String RULES =
            """
            package test
            rule "artifacts" when Connection( host == "files.example", port == 443, toPrivate == false ) then allow(); end
            rule "not by ourselves" when Connection( host glob "*.internal" ) then deny( "ask the team" ); end
            """;

    @TempDir Path home;
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final List<String> trouble = Collections.synchronizedList(new ArrayList<>());
    private Policy policy;
    private Context context;
    private Directories directories;
    private Environment environment;
    private Ledgers ledgers;
    private long attempts;

    @BeforeEach
    void anEnvironment() {
        policy =
                ((Loading.Loaded)
                                Policy.load(
                                        List.of(
                                                new PolicyFile(
                                                        Layer.USER, "test.drl", RULES, true))))
                        .policy();
        Path root = home.resolve("shop/.venv");
        context =
                new Context(
                        new Session(
                                "ada",
                                false,
                                false,
                                "shop",
                                root,
                                root,
                                root,
                                root,
                                Version.parse("3.14"),
                                "linux",
                                "python",
                                Purpose.RUN),
                        List.of());
        directories = Directories.of(Map.of(), home);
        environment = new Environment(root);
        ledgers = new Ledgers(directories, environment);
    }

    @Test
    void repeatsAreCountedAndOthersStandByThemselves() throws EnvironmentException {
        RunLedger ledger = begin();
        try (ledger) {
            assertThat(ledger.run()).isEmpty();
            ledger.record(reached("files.example", 443, "192.0.2.1"));
            ledger.record(reached("files.example", 443, "192.0.2.2"));
            ledger.record(reached("files.example", 443, "192.0.2.1"));
            ledger.record(failed("files.example", 443, 111));
            ledger.record(refused("api.example", 443));
            ledger.record(refused("api.example", 443));
            ledger.record(refused("api.example", 80));
            ledger.record(refused("files.example", 443, "10.0.0.7"));
        }
        LoggedRun run = ledgers.runs().getFirst();
        assertThat(ledger.run()).contains(run);
        assertThat(run.number()).isEqualTo(1);
        assertThat(run.command()).isEqualTo("blast run python fetch.py");
        assertThat(run.ended()).isNotNull();
        assertThat(run.others()).isZero();
        assertThat(run.attempts())
                .extracting(
                        it -> it.matter().asked().host(),
                        it -> it.matter().asked().port(),
                        it -> it.matter().result(),
                        it -> it.matter().errno(),
                        LoggedAttempt::count,
                        it -> it.addresses().size())
                .containsExactly(
                        tuple("files.example", 443, Result.REACHED, 0, 3L, 2),
                        tuple("files.example", 443, Result.FAILED, 111, 1L, 0),
                        tuple("api.example", 443, Result.REFUSED, 0, 2L, 0),
                        tuple("api.example", 80, Result.REFUSED, 0, 1L, 0),
                        tuple("files.example", 443, Result.REFUSED, 0, 1L, 1));
        LoggedAttempt first = run.attempts().getFirst();
        assertThat(first.first()).isEqualTo(NINE.plusSeconds(1));
        assertThat(first.last()).isEqualTo(NINE.plusSeconds(3));
        assertThat(first.matter().asked().program()).isEqualTo(PYTHON);
        assertThat(first.matter().deciding().getFirst().origin()).hasToString("test.drl:2");
        assertThat(first.matter().verdict()).isEqualTo(Outcome.ALLOWED);
        assertThat(first.decision()).isNull();
    }

    @Test
    void bytesOfConnectionsAreAddedUp() throws EnvironmentException {
        try (RunLedger ledger = begin()) {
            ConnectionAttempt one = reached("files.example", 443, "192.0.2.1");
            ConnectionAttempt two = reached("files.example", 443, "192.0.2.1");
            ledger.record(one);
            ledger.carried(new ConnectionAttempt.Traffic(one.number(), 100, 1_000));
            ledger.record(two);
            ledger.carried(new ConnectionAttempt.Traffic(two.number(), 1, 2));
            ledger.carried(new ConnectionAttempt.Traffic(one.number(), 150, 5_000));
            ledger.carried(new ConnectionAttempt.Traffic(99, 7, 7));
            ledger.record(failed("other.example", 443, 111));
        }
        List<LoggedAttempt> attempts = ledgers.runs().getFirst().attempts();
        assertThat(attempts.getFirst().carried()).isEqualTo(new LoggedAttempt.Carried(151, 5_002));
        assertThat(attempts.getLast().carried()).isNull();
    }

    @Test
    void aRefusalIsToldOnceAndCanBeExplained() throws EnvironmentException {
        try (RunLedger ledger = begin()) {
            ledger.record(refused("api.example", 443));
            ledger.record(refused("api.example", 443));
            ledger.record(refused("db.internal", 5432));
            ledger.record(refused("files.example", 443, "10.0.0.7"));
            ledger.record(refused("files.example", 443, "10.0.0.8"));
            ledger.record(refused("2001:db8::1", 80));
            ledger.record(refused("www.example", 80, "192.0.2.1"));
            ledger.record(datagram("ntp.example", 123));
            ledger.record(lookUp("nowhere.example"));
        }
        var decisions = new KeptDecisions(dossier());
        List<String> ids =
                ledgers.runs().getFirst().attempts().stream()
                        .map(LoggedAttempt::decision)
                        .distinct()
                        .toList();
        assertThat(ids).hasSize(7).doesNotContainNull();
        assertThat(said)
                .map(line -> line.replaceFirst("#[0-9a-f]{4,8}", "#ID"))
                .containsExactly(
                        why("connect to api.example:443: no rule allows it"),
                        why(
                                "connect to db.internal:5432: denied by rule \"not by ourselves\", test.drl:3: ask the team"),
                        why("connect to files.example:443 at 10.0.0.7: no rule allows it"),
                        why("connect to [2001:db8::1]:80: no rule allows it"),
                        why("connect to www.example:80: no rule allows it"),
                        why("connect to ntp.example:123 by UDP: no rule allows it"),
                        why("look up nowhere.example: no rule allows it"));
        assertThat(decisions.all())
                .map(KeptDecision::words)
                .containsExactlyInAnyOrder(
                        "connect api.example:443",
                        "connect db.internal:5432",
                        "connect files.example:443",
                        "connect [2001:db8::1]:80",
                        "connect www.example:80",
                        "connect ntp.example:123 by UDP",
                        "look up nowhere.example");
        assertThat(decisions.called(ids.getFirst()).getFirst().said()).startsWith("DENIED");
    }

    @Test
    void aNameThatWasLookedUpIsOpenedWithoutAPort() {
        String explained =
                ExplanationText.render(
                        new Explanations(policy, context).of(lookUp("api.example").asked()));
        assertThat(explained)
                .startsWith("DENIED   look up api.example")
                .contains("Connection( host == \"api.example\" )\n");
    }

    @Test
    void whatAResolverAddsByItselfIsNotToldOf() throws EnvironmentException {
        try (RunLedger ledger = begin()) {
            for (String name :
                    List.of(
                            "api.example",
                            "api.example.corp.example",
                            "db.corp.example",
                            "db",
                            "git.corp.example",
                            "git.corp.example.corp.example")) {
                ledger.record(lookUp(name));
            }
        }
        assertThat(said)
                .map(line -> line.replaceFirst("blast: (.*): no rule allows it; why.*", "$1"))
                .containsExactly(
                        "refused to look up api.example",
                        "refused to look up db.corp.example",
                        "refused to look up git.corp.example");
        assertThat(ledgers.runs().getFirst().attempts()).hasSize(6);
    }

    @Test
    void whoScansANetworkIsToldOfInTheLedger() throws EnvironmentException {
        try (RunLedger ledger = begin()) {
            for (int port = 1; port <= 1_000; port++) {
                ledger.record(refused("192.0.2.1", port));
            }
            ledger.record(reached("files.example", 443, "192.0.2.1"));
        }
        assertThat(said).hasSize(RefusalLines.MOST_LINES + 1);
        assertThat(said.getLast())
                .isEqualTo("blast: more is refused than is told here: blast log --denied");
        LoggedRun run = ledgers.runs().getFirst();
        assertThat(run.attempts()).hasSize(RunLedger.MOST_DIFFERENT + 1);
        assertThat(run.others()).isEqualTo(1_000 - RunLedger.MOST_DIFFERENT);
        assertThat(run.attempts().getLast().matter().result()).isEqualTo(Result.REACHED);
        assertThat(new KeptDecisions(dossier()).all()).hasSize(RefusalLines.MOST_LINES);
    }

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
    void manyThreadsMayTell() throws EnvironmentException, InterruptedException {
        try (RunLedger ledger = begin()) {
            List<Thread> threads =
                    IntStream.range(0, 8)
                            .mapToObj(_ ->
                                    Thread.ofPlatform()
                                            .start(() -> {
                                                for (int i = 0; i < 500; i++) {
                                                    ledger.record(
                                                            failed(
                                                                    "n%d.example".formatted(i % 50),
                                                                    1,
                                                                    0));
                                                }
                                            }))
                            .toList();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        List<LoggedAttempt> all = ledgers.runs().getFirst().attempts();
        assertThat(all).hasSize(50).allMatch(it -> it.count() == 80);
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

    /** Each once, and of ten no more; what was reached is not told. */
    @Test
    void whatAProxyAnswersIsTold() throws EnvironmentException {
        try (RunLedger ledger = begin()) {
            ledger.record(throughProxy("files.example", 443, new ProxyAnswer.Connected()));
            for (ProxyAnswer answer :
                    List.of(
                            new ProxyAnswer.Status(403),
                            new ProxyAnswer.Status(403),
                            new ProxyAnswer.Status(502),
                            new ProxyAnswer.Reply(5),
                            new ProxyAnswer.Login(),
                            new ProxyAnswer.Garbled(),
                            new ProxyAnswer.Ended(),
                            new ProxyAnswer.Silent(),
                            new ProxyAnswer.Unreached(111),
                            new ProxyAnswer.NotFound(),
                            new ProxyAnswer.NotSpoken(),
                            new ProxyAnswer.Status(500))) {
                ledger.record(throughProxy("files.example", 443, answer));
            }
        }
        assertThat(said)
                .hasSize(10)
                .allSatisfy(line ->
                        assertThat(line)
                                .startsWith("blast: not connected to files.example:443: the proxy ")
                                .endsWith("; NO_PROXY=files.example would go there without it"));
        assertThat(said.getFirst()).contains("answers 403, it does not allow it");
        assertThat(said.get(3)).contains("wants a user and a password");
        assertThat(ledgers.runs().getFirst().attempts())
                .allSatisfy(it -> assertThat(it.matter().proxy()).isEqualTo("p.example:3128"))
                .hasSize(4); // by their errno
    }

    private void run() {
        try (RunLedger ledger = begin()) {
            ledger.record(failed("a.example", 1, 0));
        }
    }

    @Test
    void noViolationIsLostInACrowdOfAttempts() {
        RunLedger ledger = begin();
        try (ledger) {
            synchronized (said) { // so that it cannot tell of the first, and all others wait
                ledger.record(refused("api.example", 443));
                for (int i = 0; i < 20_000; i++) {
                    ledger.record(reached("files.example", 443, "192.0.2.1"));
                }
                ledger.record(
                        LoggedViolation.of(
                                new Violation(ViolationKind.CONNECT, 1, "api.example:443"),
                                policy.judge(
                                        new Violation(ViolationKind.CONNECT, 1, "api.example:443"),
                                        context),
                                NINE));
            }
        }
        LoggedRun run = ledger.run().orElseThrow();
        assertThat(run.others()).as("more than can wait").isPositive();
        assertThat(run.violations())
                .extracting(LoggedViolation::subject)
                .containsExactly("api.example:443");
    }

    private RunLedger begin() {
        var refusals =
                new RefusalLines(
                        new KeptDecisions(dossier()),
                        context.session(),
                        "blast run python fetch.py",
                        new Explanations(policy, context)::of,
                        List.of("corp.example"),
                        said::add);
        return ledgers.begin("blast run python fetch.py", refusals, said::add, trouble::add);
    }

    private Dossier dossier() {
        return Dossier.of(directories, environment);
    }

    private static String why(String what) {
        return "blast: refused to %s; why: blast check --explain '#ID'".formatted(what);
    }

    private ConnectionAttempt reached(String host, int port, String address) {
        return attempt(connection(host, port, address, Protocol.TCP, PYTHON), Result.REACHED, 0);
    }

    private ConnectionAttempt failed(String host, int port, int errno) {
        return attempt(connection(host, port, null, Protocol.TCP, PYTHON), Result.FAILED, errno);
    }

    private ConnectionAttempt refused(String host, int port) {
        return refused(host, port, null);
    }

    private ConnectionAttempt refused(String host, int port, @Nullable String address) {
        return attempt(connection(host, port, address, Protocol.TCP, PYTHON), Result.REFUSED, 0);
    }

    private ConnectionAttempt datagram(String host, int port) {
        return attempt(connection(host, port, null, Protocol.UDP, null), Result.REFUSED, 0);
    }

    private ConnectionAttempt lookUp(String name) {
        return datagram(name, 0);
    }

    private ConnectionAttempt throughProxy(String host, int port, ProxyAnswer answer) {
        return attempt(
                connection(host, port, null, Protocol.TCP, PYTHON),
                answer.errno() == 0 ? Result.REACHED : Result.FAILED,
                answer.errno(),
                new ThroughProxy("p.example:3128", false, answer));
    }

    private ConnectionAttempt attempt(Connection asked, Result result, int errno) {
        return attempt(asked, result, errno, null);
    }

    private synchronized ConnectionAttempt attempt(
            Connection asked, Result result, int errno, @Nullable ThroughProxy proxy) {
        attempts++;
        return new ConnectionAttempt(
                attempts,
                NINE.plusSeconds(attempts),
                4312,
                asked,
                policy.judge(asked, context),
                result,
                errno,
                proxy);
    }

    private static Connection connection(
            String host,
            int port,
            @Nullable String address,
            Protocol protocol,
            @Nullable Path program) {
        return new Connection(
                host,
                port,
                address == null ? null : InetAddress.ofLiteral(address),
                protocol,
                Direction.OUT,
                program,
                false,
                false,
                false,
                false);
    }
}
