package dev.blast.environment.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.ConnectionAttempt.Result;
import dev.blast.enforcer.gate.ProxyAnswer;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.KeptDecision;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.rules.explain.ExplanationText;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.fact.ViolationKind;
import dev.blast.rules.vocabulary.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is told to a ledger, and what people are told. */
final class RunLedgerTest extends LedgerFixture {
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
}
