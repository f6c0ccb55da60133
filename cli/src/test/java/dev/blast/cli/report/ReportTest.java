package dev.blast.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.Golden;
import dev.blast.cli.terminal.Output;
import dev.blast.cli.terminal.Palette;
import dev.blast.environment.change.FollowedStrategy;
import dev.blast.environment.health.Finding;
import dev.blast.environment.sync.LookedPast;
import dev.blast.index.IndexStatistics;
import dev.blast.packaging.PackageName;
import dev.blast.rules.compare.PolicyChange;
import dev.blast.rules.compare.Stance;
import dev.blast.rules.compare.Turn;
import dev.blast.rules.compare.TurnKind;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.trial.CaseDraft;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.PrereleaseWish;
import dev.blast.solver.Prereleases;
import dev.blast.solver.Statistics;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every answer as text and as JSON. Colours must not change a word. */
class ReportTest {
    /** 61 versions, 4 of them over the network. */
    private static final IndexStatistics READ =
            new IndexStatistics(43, 40, 61, 57, 4, 0, 0, 0, 0, 7, 48_000);

    private static final FollowedStrategy STABLE =
            new FollowedStrategy(
                    "stable",
                    List.of(),
                    "",
                    new FollowedStrategy.Chooser.ByRule(
                            "ours",
                            "policies/own.drl:12",
                            "what works stays",
                            List.of("shipped policies/strategies.drl:5")));

    private static void golden(String name, String command, Report report) {
        String text = report.text(Palette.PLAIN);
        Golden.check(name + ".txt", text);
        Golden.check(name + ".json", Json.document(command, report.json()));
        var colored = new ByteArrayOutputStream();
        new Output(colored).write(report.text(Palette.ANSI));
        assertThat(colored.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[[0-9]*m", ""))
                .isEqualTo(text);
    }

    @Test
    void aFirstStart() {
        golden(
                "start-new",
                "start",
                new StartReport(
                        "shop",
                        "3.12.1",
                        ".venv",
                        new StartReport.Environment(
                                true, false, List.of("pyproject.toml", "pylock.toml")),
                        new StartReport.Packages(41, 41, 0, 3, true),
                        List.of(STABLE),
                        null,
                        new StartReport.Policy("5c0e91", 7, 1, false, 2),
                        new StartReport.Sandbox(
                                "full",
                                List.of("user-namespace", "cgroup", "seccomp", "landlock"),
                                List.of()),
                        List.of(new ChangeLine(ChangeLine.Kind.ADDED, "anyio", null, "4.9.0", "")),
                        new ProjectReading(
                                List.of(
                                        ProjectLine.of(
                                                "pyproject.toml:7: [tool.pdm] is not read: list it"),
                                        ProjectLine.of("Pipfile is not read: list it"),
                                        ProjectLine.at("a:b.toml:5", "the project itself is not")),
                                List.of(
                                        ProjectLine.of(
                                                "pyproject.toml:9: [tool.uv.override-dependencies] is followed, as override"))),
                        "source .venv/bin/activate, or blast run pytest",
                        Duration.ofMillis(1949)));
    }

    @Test
    void aStartThatFindsEverythingThere() {
        golden(
                "start-again",
                "start",
                new StartReport(
                        "shop",
                        "3.12.1",
                        ".venv",
                        new StartReport.Environment(
                                false, false, List.of("pyproject.toml", "pylock.toml")),
                        new StartReport.Packages(41, 0, 0, 0, true),
                        List.of(STABLE),
                        null,
                        new StartReport.Policy("5c0e91", 7, 0, true, 0),
                        new StartReport.Sandbox(
                                "without cgroup",
                                List.of("namespaces", "seccomp"),
                                List.of(
                                        "cgroups: no controller is delegated to you; memory is limited per process")),
                        List.of(),
                        ProjectReading.PLAIN,
                        "source .venv/bin/activate, or blast run COMMAND",
                        Duration.ofMillis(240)));
    }

    @Test
    void aSyncWithReasons() {
        golden(
                "sync-applied",
                "sync",
                new SyncReport(
                        "shop",
                        43,
                        List.of(
                                STABLE,
                                new FollowedStrategy(
                                        "lowest",
                                        List.of(new PackageName("numpy"), new PackageName("scipy")),
                                        "science",
                                        new FollowedStrategy.Chooser.ByRule(
                                                "slow to build",
                                                "policies/own.drl:18",
                                                "",
                                                List.of()))),
                        new LookedPast(
                                STABLE,
                                Stream.of("a", "b", "c", "d", "e", "f", "g")
                                        .map(PackageName::new)
                                        .toList()),
                        new SyncReport.ResolutionFigures(
                                43,
                                new Statistics(61, 50, 48, 3, 1, Duration.ofMillis(312)),
                                READ,
                                new PrereleaseWish(Prereleases.ALLOW, "UV_PRERELEASE"),
                                Duration.ofMillis(640)),
                        List.of(),
                        List.of(
                                new ChangeLine(ChangeLine.Kind.ADDED, "httpx", null, "0.28.1", ""),
                                new ChangeLine(
                                        ChangeLine.Kind.REPLACED,
                                        "anyio",
                                        "4.6.0",
                                        "4.9.0",
                                        "required by httpx 0.28.1"),
                                new ChangeLine(
                                        ChangeLine.Kind.REMOVED, "sniffio", "1.3.1", null, ""),
                                new ChangeLine(
                                        ChangeLine.Kind.REINSTALLED,
                                        "idna",
                                        "3.10",
                                        "3.10",
                                        "2 files differed from RECORD"),
                                new ChangeLine(
                                        ChangeLine.Kind.HELD,
                                        "urllib3",
                                        null,
                                        "2.5.0",
                                        "held: 2.6.0 was released 3 days ago (shipped policies/packages.drl:31)")),
                        null,
                        ProjectReading.PLAIN,
                        new SyncReport.Outcome.Applied(7, Duration.ofMillis(118))));
    }

    @Test
    void aSyncThatHasNothingToDo() {
        golden(
                "sync-nothing",
                "sync",
                new SyncReport(
                        "shop",
                        43,
                        List.of(STABLE),
                        null,
                        null,
                        List.of(),
                        List.of(),
                        null,
                        ProjectReading.PLAIN,
                        new SyncReport.Outcome.NothingToDo(7, Duration.ofMillis(118))));
    }

    @Test
    void aDryRun() {
        golden(
                "sync-dry",
                "sync",
                new SyncReport(
                        "shop",
                        1,
                        List.of(FollowedStrategy.asked("newest")),
                        null,
                        new SyncReport.ResolutionFigures(
                                1,
                                new Statistics(1, 1, 1, 0, 0, Duration.ofMillis(50)),
                                IndexStatistics.NONE,
                                PrereleaseWish.USUAL,
                                null),
                        List.of(),
                        List.of(new ChangeLine(ChangeLine.Kind.ADDED, "httpx", null, "0.28.1", "")),
                        null,
                        ProjectReading.PLAIN,
                        new SyncReport.Outcome.NotApplied()));
    }

    @Test
    void environments() {
        golden(
                "list",
                "list",
                new ListReport(
                        List.of(
                                new ListReport.Row(
                                        "etl", "3.11.7", 112, "drift +1", "full", 31, "~/src/etl"),
                                new ListReport.Row("old", null, 0, "gone", "", 0, "~/src/old"),
                                new ListReport.Row(
                                        "shop",
                                        "3.12.1",
                                        43,
                                        "in sync",
                                        "without cgroup",
                                        7,
                                        "~/src/shop")),
                        2));
        golden("list-empty", "list", new ListReport(List.of(), 0));
    }

    @Test
    void findings() {
        golden(
                "check",
                "check",
                new CheckReport(
                        "shop",
                        "3.12.1",
                        43,
                        7,
                        List.of(
                                new CheckLine(
                                        "packages",
                                        Finding.Level.OK,
                                        "every file matches its RECORD (3,912 files)",
                                        List.of(),
                                        List.of()),
                                new CheckLine(
                                        "drift",
                                        Finding.Level.WARN,
                                        "pip installed ipdb 0.13.13 (12 minutes ago, not declared)",
                                        List.of("ipdb-0.13.13.dist-info/INSTALLER says pip"),
                                        List.of("undo: blast sync")),
                                new CheckLine(
                                        "sandbox",
                                        Finding.Level.FAIL,
                                        "no memory controller",
                                        List.of(),
                                        List.of("blast check --explain sandbox"))),
                        ProjectReading.PLAIN,
                        true));
    }

    @Test
    void whyAPackageIsThere() {
        golden(
                "why",
                "why",
                new WhyReport(
                        "urllib3",
                        "2.5.0",
                        List.of(
                                List.of(
                                        new WhyReport.Step(
                                                "you", "requests >=2", "pyproject.toml:12"),
                                        new WhyReport.Step(
                                                "requests 2.32.3", "urllib3 >=1.21.1,<3", "")),
                                List.of(
                                        new WhyReport.Step(
                                                "you", "urllib3 >=2", "pyproject.toml:14"))),
                        1,
                        false,
                        "",
                        null));
        golden("why-absent", "why", new WhyReport("torch", null, List.of(), 0, false, "", null));
    }

    @Test
    void whatAnEditOfPoliciesTurns() {
        var rule =
                new Reason(
                        new Origin("policies/net.drl", 3, 1),
                        "our store",
                        Layer.PROJECT,
                        "allow",
                        "tests read there");
        var draft = new CaseDraft(Map.of(), List.of(), Map.of(), "", "");
        var denied = new Stance("denied", 0, List.of(), List.of());
        var allowed = new Stance("allowed", 3, List.of(), List.of(rule));
        var held = new Stance("held", 1, List.of("tests read there"), List.of(rule));
        golden(
                "policy-diff",
                "policy-diff",
                new PolicyDiffReport(
                        "HEAD (8c12e1f0a3b7)",
                        false,
                        new PolicyChange(
                                List.of(
                                        new Turn(
                                                TurnKind.OPENS,
                                                "connection",
                                                List.of(
                                                        new Turn.Example(
                                                                "Connection( host == \"a\", port == 80 )",
                                                                "blast run",
                                                                draft)),
                                                2,
                                                denied,
                                                allowed),
                                        new Turn(
                                                TurnKind.OTHERWISE,
                                                "candidate",
                                                List.of(
                                                        new Turn.Example(
                                                                "Candidate( name == \"a\" )",
                                                                "",
                                                                draft)),
                                                0,
                                                held,
                                                new Stance(
                                                        "held", 1, List.of("no"), List.of(rule)))),
                                List.of(
                                        new PolicyChange.Touched(
                                                "connection", PolicyChange.State.TURNS, 60, 1),
                                        new PolicyChange.Touched(
                                                "candidate", PolicyChange.State.TURNS, 1, 0),
                                        new PolicyChange.Touched(
                                                "sync", PolicyChange.State.SAME, 0, 0),
                                        new PolicyChange.Touched(
                                                "session", PolicyChange.State.UNPROVED, 1200, 0)),
                                List.of(
                                        new PolicyChange.Moved(
                                                "a",
                                                new Origin("policies/a.drl", 1, 1),
                                                "a",
                                                new Origin("policies/b.drl", 2, 1))))));
    }

    @Test
    void theProjectsThatAreTrusted() {
        golden(
                "trust-list",
                "trust-list",
                new TrustListReport(
                        List.of(
                                new TrustListReport.Trusted(
                                        "~/shop",
                                        Instant.parse("2026-11-29T10:19:00Z"),
                                        List.of("policies/net.drl"),
                                        TrustListReport.State.IN_FORCE),
                                new TrustListReport.Trusted(
                                        "~/old",
                                        Instant.parse("2026-01-02T00:00:00Z"),
                                        List.of("policies/a.drl", "policies/b.drl"),
                                        TrustListReport.State.GONE)),
                        1));
    }
}
