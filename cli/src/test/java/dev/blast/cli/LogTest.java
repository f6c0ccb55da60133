package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.invocation.Exit;
import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.environment.ledger.Ledgers;
import dev.blast.environment.ledger.RefusalLines;
import dev.blast.environment.ledger.RunLedger;
import dev.blast.packaging.Version;
import dev.blast.rules.Context;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.Session;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Judgement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run tried to reach is told afterwards, and its refusals are explained by their ids. */
final class LogTest extends ShopFixture {
    private static final Pattern ID = Pattern.compile("#[0-9a-f]{4,8}");
    private static final String RULES =
            """
            package shop
            rule "artifacts" when Connection( host == "files.example", port == 443 ) then allow(); end
            """;

    private static final Policy POLICY =
            ((Loading.Loaded)
                            Policy.load(
                                    List.of(new PolicyFile(Layer.USER, "test.drl", RULES, true))))
                    .policy();

    private final List<String> said = new ArrayList<>();
    private long attempts;

    LogTest() {
        super(TestWheel.of("words", "1.0"));
    }

    @BeforeEach
    void anEnvironment() throws IOException {
        ask("words");
        done("sync");
    }

    @Test
    void withoutARunThereIsNothing() {
        assertThat(done("log").out())
                .isEqualTo("shop: no session has tried to reach anything, or ran into a limit\n");
        assertThat(done("log", "--json").out()).contains("\"sessions\" : [ ]");
        Cli.Said none = blast("log", "--session", "last");
        assertThat(none.exit()).isEqualTo(Exit.FINDINGS.code());
        assertThat(none.err()).contains("none has tried to reach anything");
    }

    @Test
    void whatWasTriedIsToldAndARefusalExplained() {
        run("blast run python fetch.py", "files.example", "api.example", "api.example");
        run("blast run flask run", "db.example");
        assertThat(done("log").out())
                .containsSubsequence(
                        "session 1  blast run python fetch.py",
                        "files.example:443  reached",
                        "rule \"artifacts\" test.drl:2",
                        "api.example:443    refused, 2 times  #",
                        "no rule answers",
                        "session 2  blast run flask run",
                        "db.example:443",
                        "why: blast check --explain '#ID'");
        assertThat(done("log", "--denied").out())
                .contains("api.example:443", "db.example:443")
                .doesNotContain("files.example");
        assertThat(done("log", "--session", "last").out())
                .contains("session 2  ", "db.example:443")
                .doesNotContain("api.example");
        assertThat(done("log", "shop", "--session", "1", "--denied", "--since", "1h").out())
                .contains("api.example:443")
                .doesNotContain("db.example");
        assertThat(done("log", "--since", "2026-01-01", "--json").out())
                .contains("\"schema\" : \"blast.log/1\"", "\"count\" : 2");
        assertThat(said).hasSize(2);
        Matcher id = ID.matcher(said.getFirst());
        assertThat(id.find()).isTrue();
        Cli.Said explained = blast("check", "--explain", id.group());
        assertThat(explained.exit()).isEqualTo(Exit.FINDINGS.code());
        assertThat(explained.out())
                .contains(
                        "from blast run python fetch.py\nDENIED",
                        "connect api.example:443",
                        "Connection( host == \"api.example\", port == 443 )",
                        "note       what is proposed opens none of 1 other request refused lately");
        assertThat(blast("check", "--explain", "connect", "api.example:80").out())
                .contains("opens none of 2 other requests refused lately (blast log --denied)");
    }

    @Test
    void aNameThatWasLookedUpHasNoPort() {
        try (RunLedger ledger = begin("blast run x")) {
            record(
                    ledger,
                    new Connection(
                            "api.example",
                            0,
                            null,
                            Protocol.UDP,
                            Direction.OUT,
                            null,
                            false,
                            false,
                            false,
                            false));
        }
        assertThat(done("log").out()).contains("api.example (the name)  refused");
        Matcher id = ID.matcher(said.getFirst());
        assertThat(id.find()).isTrue();
        assertThat(blast("check", "--explain", id.group()).out())
                .contains(
                        "DENIED   look up api.example",
                        "Connection( host == \"api.example\" )\n",
                        "note       only the name was looked up");
    }

    @Test
    void whatIsProposedSaysWhatElseItOpens() throws IOException {
        rules(
                project.resolve("policies"),
                "rule \"ours\" when Connection( host glob \"*.example\", port == 443 ) then allow(); end\n");
        run(
                "blast run x",
                "a.example",
                "b.example",
                "c.example",
                "d.example",
                "e.example",
                "f.other");
        Cli.Said explained = blast("check", "--explain", "connect", "a.example:443");
        assertThat(explained.out())
                .contains(
                        "to allow   trust the project's policies",
                        "what is proposed opens 4 of 5 other requests refused lately (blast log --denied) as well: connect e.example:443, connect d.example:443, connect c.example:443, …");
        assertThat(blast("check", "--explain", "connect", "f.other:443").out())
                .contains(
                        "which turns on as well:\n             rule \"ours\"",
                        "what is proposed opens 5 of 5 other requests refused lately");
    }

    @Test
    void whatIsNotUnderstoodIsSaid() {
        Cli.Said since = blast("log", "--since", "soon");
        assertThat(since.exit()).isEqualTo(Exit.USAGE.code());
        assertThat(since.err()).contains("--since: 'soon' is no time; expected is");
        run("blast run x", "files.example");
        Cli.Said session = blast("log", "--session", "7");
        assertThat(session.exit()).isEqualTo(Exit.FINDINGS.code());
        assertThat(session.err())
                .contains("no session '7' is kept of this environment", "kept are 1 to 1");
    }

    private void run(String command, String... hosts) {
        try (RunLedger ledger = begin(command)) {
            for (String host : hosts) {
                record(ledger, Connection.to(host, 443, false));
            }
        }
    }

    private RunLedger begin(String command) {
        var directories = Directories.of(Map.of(), home);
        Environment environment = Environment.in(project);
        Context context = context();
        var refusals =
                new RefusalLines(
                        new KeptDecisions(Dossier.of(directories, environment)),
                        context.session(),
                        command,
                        new Explanations(POLICY, context)::of,
                        List.of(),
                        said::add);
        return new Ledgers(directories, environment).begin(command, refusals, said::add, said::add);
    }

    private void record(RunLedger ledger, Connection asked) {
        Judgement judgement = POLICY.judge(asked, context());
        ledger.record(
                new ConnectionAttempt(
                        ++attempts,
                        Instant.now(),
                        0,
                        asked,
                        judgement,
                        judgement.allowed()
                                ? ConnectionAttempt.Result.REACHED
                                : ConnectionAttempt.Result.REFUSED,
                        0,
                        null));
    }

    private Context context() {
        Path prefix = Environment.in(project).root();
        return new Context(
                new Session(
                        "ada",
                        false,
                        false,
                        "shop",
                        project,
                        home,
                        home,
                        prefix,
                        Version.parse("3.14"),
                        "linux",
                        "python",
                        Purpose.RUN),
                List.of());
    }
}
