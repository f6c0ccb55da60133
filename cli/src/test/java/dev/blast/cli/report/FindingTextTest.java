package dev.blast.cli.report;

import dev.blast.cli.Golden;
import dev.blast.cli.terminal.Palette;
import dev.blast.environment.advisories.Affected;
import dev.blast.environment.advisories.Hole;
import dev.blast.environment.health.Finding;
import dev.blast.environment.health.Finding.Drift;
import dev.blast.environment.health.Finding.Lock;
import dev.blast.environment.health.RefusedLicense;
import dev.blast.environment.health.RequirementFault;
import dev.blast.environment.health.RequirementFault.Asker;
import dev.blast.environment.install.FileFinding;
import dev.blast.environment.install.FileFinding.Change;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.RecordFindings;
import dev.blast.environment.install.VenvConfiguration;
import dev.blast.environment.install.VenvState;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.AdvisorySeverity;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every kind of finding, as people read it with all that it was seen by. */
class FindingTextTest {
    private static final Path ROOT = Path.of("/home/me/shop/.venv");
    private static final InstalledDistribution HTTPX = installed("httpx", "0.28.1", null, true);
    private static final InstalledDistribution ANYIO = installed("anyio", "4.9.0", "blast", false);
    private static final InstalledDistribution IPDB = installed("ipdb", "0.13", "pip", true);

    @Test
    void theFrame() {
        var configuration = new VenvConfiguration(Map.of("home", "/usr/bin"));
        golden(
                "environment",
                new Finding.NoEnvironment(ROOT, new VenvState.Absent()),
                new Finding.NoEnvironment(ROOT, new VenvState.Occupied("it is a file")),
                new Finding.NoEnvironment(
                        ROOT, new VenvState.Moved(configuration, Path.of("/home/me/old/.venv"))),
                new Finding.NoEnvironment(
                        ROOT,
                        new VenvState.Orphaned(configuration, Path.of("/usr/bin/python3.12"))),
                new Finding.FrameMissing(List.of("bin/activate", "lib64")),
                new Finding.FrameChanged(List.of("bin/python")),
                new Finding.OtherPython("3.10.4", ">=3.11 (requires-python, pyproject.toml:4)"),
                new Finding.InterpretersPackagesSeen());
    }

    @Test
    void files() {
        var added = new FileFinding.Added("x/own.py");
        var missing = new FileFinding.Missing("x/a.py");
        var noRecord = new FileFinding.NoRecord("httpx-0.28.1.dist-info/RECORD");
        List<FileFinding> changed =
                Stream.of(
                                new Change.OtherSize(9, 7),
                                new Change.OtherHash("sha256=abc", "sha256=def"),
                                new Change.NotOrdinary(),
                                new Change.NotReadable(),
                                new Change.NotExecutable(),
                                new Change.NotUnderstood("not UTF-8: 'RECORD'"),
                                new Change.MetadataNotListed())
                        .<FileFinding>map(change -> new FileFinding.Changed("x/b.py", change))
                        .toList();
        golden(
                "files",
                new Finding.Packages(
                        List.of(
                                new RecordFindings(HTTPX, 3900, List.of()),
                                new RecordFindings(ANYIO, 12, List.of(added)))),
                new Finding.Packages(
                        List.of(
                                new RecordFindings(ANYIO, 12, List.of(missing, added)),
                                new RecordFindings(HTTPX, 3900, changed),
                                new RecordFindings(HTTPX, 0, List.of(noRecord)))),
                new Finding.Strangers(List.of(), List.of("bin/git", "x/own.py", "y.py")),
                new Finding.Strangers(
                        List.of("evil.pth", "sitecustomize.py"),
                        List.of("bin/git", "x/own.py", "y.py")));
    }

    @Test
    void requirements() {
        Requirement wanted = Requirement.parse("anyio[trio]>=4; python_version > '3'");
        var project = new Asker.Project("pyproject.toml:14");
        var httpx = new Asker.Installed(HTTPX.name(), HTTPX.version());
        golden(
                "requirements",
                new Finding.Requirements(43, List.of()),
                new Finding.Requirements(
                        43,
                        List.of(
                                new RequirementFault.UnreadableMetadata(httpx),
                                new RequirementFault.Missing(project, wanted),
                                new RequirementFault.Missing(httpx, Requirement.parse("h2")),
                                new RequirementFault.OtherVersion(
                                        httpx, wanted, Version.parse("3.0")),
                                new RequirementFault.WrongPython(
                                        httpx, SpecifierSet.parse("<3"), Version.parse("3.12.1")))),
                new Finding.KeptApart(List.of(two("they share a format"), two(""))),
                new Finding.Unlicensed(
                        List.of(
                                refused("GPL-3.0-only", "deny", "we ship what we link"),
                                refused(null, "hold", ""))));
    }

    private static RefusedLicense refused(@Nullable String license, String verb, String text) {
        var origin = new Origin("policies/team.drl", 3, 1);
        return new RefusedLicense(
                HTTPX.name(),
                HTTPX.version(),
                license,
                Optional.of(new Reason(origin, "ours", Layer.PROJECT, verb, text)),
                Optional.empty());
    }

    private static Finding.Two two(String text) {
        var origin = new Origin("policies/team.drl", 3, 1);
        return new Finding.Two(
                HTTPX.name(),
                HTTPX.version(),
                ANYIO.name(),
                ANYIO.version(),
                Optional.of(new Reason(origin, "apart", Layer.PROJECT, "deny", text)),
                Optional.empty());
    }

    @Test
    void holes() {
        Instant day = Instant.parse("2026-11-20T10:00:00Z");
        Requirement below = Requirement.parse("anyio<5");
        List<Finding.OpenHole> open =
                List.of(
                        open("CVE-2026-1", AdvisorySeverity.HIGH, Optional.of("4.10")),
                        open(
                                "CVE-2026-2",
                                AdvisorySeverity.UNKNOWN,
                                Optional.of("5.0"),
                                new Finding.Barrier(new Asker.Project("pyproject.toml:14"), below),
                                new Finding.Barrier(
                                        new Asker.Installed(HTTPX.name(), HTTPX.version()), below)),
                        open("PYSEC-2026-3", AdvisorySeverity.CRITICAL, Optional.empty()),
                        open("X-4", AdvisorySeverity.LOW, Optional.empty()));
        List<Finding.HoleAside> aside =
                List.of(aside("CVE-2026-5", "we open no such file"), aside("CVE-2026-6", ""));
        golden(
                "advisories",
                new Finding.KnownHoles(43, day, OptionalLong.empty(), List.of(), List.of()),
                new Finding.KnownHoles(43, day, OptionalLong.of(1031), List.of(), List.of()),
                new Finding.KnownHoles(43, day, OptionalLong.empty(), open, List.of()),
                new Finding.KnownHoles(43, day, OptionalLong.empty(), List.of(), aside),
                new Finding.KnownHoles(
                        1, day, OptionalLong.empty(), open.subList(2, 3), aside.subList(0, 1)),
                new Finding.KnownHoles(
                        1,
                        day,
                        OptionalLong.empty(),
                        List.of(unasked(open.getFirst(), Finding.Standing.KEPT)),
                        List.of()),
                new Finding.KnownHoles(
                        1,
                        day,
                        OptionalLong.empty(),
                        List.of(unasked(open.getLast(), Finding.Standing.LEFT_OVER)),
                        List.of()));
    }

    private static Finding.OpenHole unasked(Finding.OpenHole it, Finding.Standing standing) {
        return new Finding.OpenHole(
                it.hole(), it.installed(), standing, it.mended(), it.barriers());
    }

    private static Finding.OpenHole open(
            String id,
            AdvisorySeverity severity,
            Optional<String> mended,
            Finding.Barrier... barriers) {
        return new Finding.OpenHole(
                hole(id, severity),
                ANYIO.version(),
                Finding.Standing.ASKED_FOR,
                mended.map(Version::parse),
                List.of(barriers));
    }

    private static Finding.HoleAside aside(String id, String why) {
        return new Finding.HoleAside(
                hole(id, AdvisorySeverity.MEDIUM),
                ANYIO.version(),
                new Reason(
                        new Origin("policies/own.drl", 3, 1),
                        "not here",
                        Layer.PROJECT,
                        "ignore",
                        why));
    }

    private static Hole hole(String id, AdvisorySeverity severity) {
        return new Hole(
                ANYIO.name(),
                id,
                id.endsWith("1") ? List.of("GHSA-aaaa-bbbb-cccc", "PYSEC-2026-1") : List.of(),
                severity,
                null,
                new Affected(List.of(), List.of(ANYIO.version())));
    }

    @Test
    void theLock() {
        var other = new Lock.Other(ANYIO.name(), Version.parse("4.8.0"), ANYIO.version());
        golden(
                "lock",
                new Lock.Missing("pylock.toml", false),
                new Lock.Missing("pylock.toml", true),
                new Lock.Unreadable(Message.of("pylock.toml:3: a value is expected%n  x = = 1")),
                new Lock.Unusable("pylock.toml is for another interpreter: it is for win32"),
                new Lock.Current("pylock.toml"),
                new Lock.NotCurrent(
                        "pylock.toml",
                        List.of("pyproject.toml:5 asks for rich, which is not locked"),
                        List.of(other)));
    }

    @Test
    void whatOthersDid() {
        golden(
                "drift",
                new Drift.Unknown(),
                new Drift.None(7),
                new Drift.Some(
                        List.of(ANYIO, HTTPX, IPDB), List.of("rich_toolkit-14.0.dist-info"), true),
                new Drift.Some(List.of(IPDB), List.of(), false));
    }

    @Test
    void theHistory() {
        golden(
                "history",
                new Finding.Wheels(7, List.of()),
                new Finding.Wheels(7, List.of("anyio-4.9.0-py3-none-any.whl")),
                new Finding.HistoryUnreadable(
                        Message.line("cannot check the history: no database")));
    }

    private static void golden(String side, Finding... findings) {
        List<CheckLine> lines = Stream.of(findings).map(FindingText::of).toList();
        var report = new CheckReport("shop", "3.12.1", 43, 7, lines, ProjectReading.PLAIN, true);
        Golden.check("check-" + side + ".txt", report.text(Palette.PLAIN));
    }

    private static InstalledDistribution installed(
            String name, String version, @Nullable String installer, boolean requested) {
        return new InstalledDistribution(
                new PackageName(name),
                Version.parse(version),
                ROOT.resolve(name + "-" + version + ".dist-info"),
                installer,
                requested,
                true,
                null,
                Set.of());
    }
}
