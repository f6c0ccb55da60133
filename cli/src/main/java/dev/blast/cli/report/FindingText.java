package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
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
import dev.blast.environment.install.VenvState;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Visible;
import dev.blast.rules.verdict.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The health of an environment in words: what was found, what it was seen by, what mends it. */
public final class FindingText {
    /** How many files one line names. */
    private static final int NAMED = 3;

    private static final String START = "blast start";
    private static final String SYNC = "blast sync";
    private static final String FORCE = "blast sync --force";

    private FindingText() {}

    /** The line of a finding. */
    public static CheckLine of(Finding finding) {
        return switch (finding) {
            case Finding.NoEnvironment(Path root, VenvState state) ->
                    line(finding, noEnvironment(root, state), START);
            case Finding.FrameMissing(List<String> parts) ->
                    line(finding, "missing: " + String.join(", ", parts), parts, SYNC);
            case Finding.FrameChanged(List<String> parts) ->
                    line(
                            finding,
                            "not as Blast lays it out: " + String.join(", ", parts),
                            parts,
                            FORCE);
            case Finding.OtherPython(String version, String wanted) ->
                    line(finding, "Python %s is not %s".formatted(version, wanted), SYNC);
            case Finding.InterpretersPackagesSeen() ->
                    line(
                            finding,
                            "the interpreter's own packages are imported too: pyvenv.cfg has include-system-site-packages = true",
                            "blast clean, then blast start, make one without them");
            case Finding.Packages packages -> packages(packages);
            case Finding.Strangers strangers -> strangers(strangers);
            case Finding.Requirements(int distributions, List<RequirementFault> faults) ->
                    requirements(finding, distributions, faults);
            case Finding.KeptApart(List<Finding.Two> pairs) -> {
                List<String> evidence = pairs.stream().map(FindingText::words).toList();
                yield line(
                        finding,
                        String.join("; ", evidence),
                        evidence,
                        SYNC,
                        asking(pairs.getFirst()));
            }
            case Finding.Unlicensed(List<RefusedLicense> refused) -> {
                List<String> evidence = refused.stream().map(FindingText::words).toList();
                yield line(finding, byLicense(refused), evidence, SYNC);
            }
            case Finding.KnownHoles holes -> HoleText.of(holes);
            case Lock lock -> lock(lock);
            case Drift drift -> drift(drift);
            case Finding.Wheels(int generations, List<String> missing) ->
                    missing.isEmpty()
                            ? line(
                                    finding,
                                    "%s; the last one's wheels are in the store"
                                            .formatted(Figures.count(generations, "generation")))
                            : line(
                                    finding,
                                    "%s of this environment %s damaged in the store, or no longer there"
                                            .formatted(
                                                    Figures.count(missing.size(), "wheel"),
                                                    missing.size() == 1 ? "is" : "are"),
                                    missing,
                                    FORCE);
            case Finding.HistoryUnreadable(var why) ->
                    line(finding, why.text().lines().findFirst().orElse(""), FORCE);
        };
    }

    private static String noEnvironment(Path root, VenvState state) {
        return switch (state) {
            case VenvState.Absent() -> "there is no environment in " + root;
            case VenvState.Occupied(String what) -> root + " is not an environment: " + what;
            case VenvState.Moved(_, Path madeAt) ->
                    "it was made at %s; its scripts still point there".formatted(madeAt);
            case VenvState.Orphaned(_, Path gone) -> "its interpreter is gone: " + gone;
            case VenvState.Usable _ -> throw new IllegalStateException("usable: " + root);
        };
    }

    private static CheckLine packages(Finding.Packages packages) {
        long files = packages.compared().stream().mapToLong(RecordFindings::files).sum();
        List<String> evidence =
                packages.compared().stream()
                        .flatMap(distribution -> distribution.findings().stream())
                        .map(FindingText::words)
                        .toList();
        List<RecordFindings> damaged = packages.damaged();
        return damaged.isEmpty()
                ? line(
                        packages,
                        "every file matches its RECORD (%,d files)".formatted(files),
                        evidence)
                : line(
                        packages,
                        "%d of %,d files differ from their RECORD: %s"
                                .formatted(
                                        damaged.stream()
                                                .mapToInt(each -> each.damage().size())
                                                .sum(),
                                        files,
                                        damaged.stream()
                                                .map(each -> each.distribution().name())
                                                .distinct()
                                                .map(Object::toString)
                                                .collect(Collectors.joining(", "))),
                        evidence,
                        FORCE);
    }

    private static String words(FileFinding file) {
        return switch (file) {
            case FileFinding.Missing(String path) -> "missing %s: RECORD lists it".formatted(path);
            case FileFinding.NoRecord(String path) ->
                    "missing %s: without it nothing else can be compared".formatted(path);
            case FileFinding.Changed(String path, Change change) ->
                    "changed %s: %s".formatted(path, words(change));
            case FileFinding.Added(String path) -> "added %s: no RECORD lists it".formatted(path);
        };
    }

    private static String words(Change change) {
        return switch (change) {
            case Change.OtherSize(long bytes, long listed) ->
                    "%d bytes, in RECORD %d".formatted(bytes, listed);
            case Change.OtherHash(String hash, String listed) ->
                    "%s, in RECORD %s".formatted(hash, listed);
            case Change.NotOrdinary() -> "it is no ordinary file";
            case Change.NotReadable() -> "it cannot be read";
            case Change.NotExecutable() -> "it cannot be executed";
            case Change.NotUnderstood(String why) -> why;
            case Change.MetadataNotListed() -> "it does not list the METADATA beside it";
        };
    }

    /** What the interpreter reads when it starts is named first. */
    private static CheckLine strangers(Finding.Strangers strangers) {
        List<String> all =
                Stream.concat(strangers.readAtStart().stream(), strangers.others().stream())
                        .toList();
        String some = all.stream().limit(NAMED).collect(Collectors.joining(", "));
        return line(
                strangers,
                (strangers.readAtStart().isEmpty()
                                ? "in no RECORD: "
                                : "in no RECORD, and read at each start of the interpreter: ")
                        + some
                        + (all.size() > NAMED ? " and " + (all.size() - NAMED) + " more" : ""),
                all,
                "remove what you did not put there; blast clean and blast start lay all out anew");
    }

    private static CheckLine requirements(
            Finding finding, int distributions, List<RequirementFault> faults) {
        List<String> evidence = faults.stream().map(FindingText::words).toList();
        boolean whole = finding.level() == Finding.Level.OK;
        int overridden = whole ? faults.size() : 0;
        return whole
                ? line(
                        finding,
                        "all %d fit together and fit the project%s"
                                .formatted(
                                        distributions,
                                        overridden == 0 ? "" : "; " + String.join("; ", evidence)),
                        evidence)
                : line(finding, String.join("; ", evidence), evidence, SYNC);
    }

    private static String words(RequirementFault fault) {
        return switch (fault) {
            case RequirementFault.Missing(Asker asker, Requirement requirement) ->
                    "%s, which is not installed".formatted(asked(asker, requirement));
            case RequirementFault.OtherVersion(Asker asker, Requirement requirement, var there) ->
                    "%s, %s is installed".formatted(asked(asker, requirement), there);
            case RequirementFault.Overridden(
                            Asker asker,
                            Requirement requirement,
                            var there,
                            String override) ->
                    "%s, %s is installed, as %s overrides it"
                            .formatted(asked(asker, requirement), there, override);
            case RequirementFault.WrongPython(Asker.Installed asker, var wanted, var python) ->
                    "%s %s needs Python %s, this is %s"
                            .formatted(asker.name(), asker.version(), wanted, python);
            case RequirementFault.UnreadableMetadata(Asker.Installed(var name, var version)) ->
                    "%s %s: its METADATA cannot be read".formatted(name, version);
        };
    }

    private static String asking(Finding.Two pair) {
        return "why: blast check --explain package %s==%s with %s==%s"
                .formatted(pair.one(), pair.version(), pair.other(), pair.its());
    }

    private static String words(Finding.Two pair) {
        return "%s %s and %s %s may not stand together: %s"
                .formatted(
                        pair.one(),
                        pair.version(),
                        pair.other(),
                        pair.its(),
                        words(pair.why().orElse(null), pair.failure().orElse(null)));
    }

    /** What one rule says is said once, of all that it is about. */
    private static String byLicense(List<RefusedLicense> refused) {
        var told = new LinkedHashMap<String, List<String>>();
        for (RefusedLicense each : refused) {
            told.computeIfAbsent(
                            "%s by a rule on licenses: %s"
                                    .formatted(
                                            verb(each),
                                            words(
                                                    each.why().orElse(null),
                                                    each.failure().orElse(null))),
                            _ -> new ArrayList<>())
                    .add(subject(each));
        }
        return told.entrySet().stream()
                .map(it ->
                        "%s%s %s %s"
                                .formatted(
                                        it.getValue().stream()
                                                .limit(NAMED)
                                                .collect(Collectors.joining(", ")),
                                        it.getValue().size() > NAMED
                                                ? " and %d more"
                                                        .formatted(it.getValue().size() - NAMED)
                                                : "",
                                        it.getValue().size() == 1 ? "is" : "are",
                                        it.getKey()))
                .collect(Collectors.joining("; "));
    }

    private static String words(RefusedLicense refused) {
        return "%s is %s by a rule: %s"
                .formatted(
                        subject(refused),
                        verb(refused),
                        words(refused.why().orElse(null), refused.failure().orElse(null)));
    }

    private static String subject(RefusedLicense refused) {
        String license = refused.license();
        return "%s %s (%s)"
                .formatted(
                        refused.name(),
                        refused.version(),
                        license == null ? "it names no license" : Visible.of(license));
    }

    private static String verb(RefusedLicense refused) {
        return refused.why().filter(it -> it.verb().equals("hold")).isPresent()
                ? "held back"
                : "denied";
    }

    private static String words(@Nullable Reason why, @Nullable String failure) {
        return Visible.of(
                why == null
                        ? "the rules failed: " + (failure == null ? "" : failure)
                        : "%s (\"%s\", %s)"
                                .formatted(
                                        why.text().isEmpty() ? why.verb() : why.text(),
                                        why.rule(),
                                        why.origin()));
    }

    private static String asked(Asker asker, Requirement requirement) {
        String who =
                switch (asker) {
                    case Asker.Project(String origin) -> origin + " asks for";
                    case Asker.Installed(var name, var version) -> name + " " + version + " needs";
                };
        return "%s %s%s".formatted(who, requirement.name(), requirement.specifier());
    }

    private static CheckLine lock(Lock lock) {
        return switch (lock) {
            case Lock.Missing(String file, boolean declared) ->
                    declared
                            ? line(lock, "there is no " + file, SYNC)
                            : line(lock, "none, since no file here says what is wanted");
            case Lock.Unreadable(var why) -> {
                List<String> lines = why.text().lines().toList();
                yield line(lock, lines.getFirst(), lines, "remove the file, then: " + SYNC);
            }
            case Lock.Unusable(String why) -> line(lock, why, SYNC);
            case Lock.Current(String file) -> line(lock, file + " is current");
            case Lock.NotCurrent(String file, List<String> unsettled, List<Lock.Other> others) -> {
                var faults = new ArrayList<>(unsettled);
                others.forEach(each ->
                        faults.add(
                                "%s %s is locked, %s is installed"
                                        .formatted(each.name(), each.locked(), each.installed())));
                yield line(
                        lock,
                        "%s is not current: %s".formatted(file, String.join("; ", faults)),
                        faults,
                        SYNC);
            }
        };
    }

    private static CheckLine drift(Drift drift) {
        return switch (drift) {
            case Drift.Unknown() ->
                    line(
                            drift,
                            "Blast has not changed this environment yet, so it does not know whose packages these are",
                            SYNC);
            case Drift.None(int generation) ->
                    line(
                            drift,
                            "nobody else has changed the packages since generation " + generation);
            case Drift.Some some -> some(some);
        };
    }

    private static CheckLine some(Drift.Some drift) {
        var evidence = new ArrayList<String>();
        var remedies = new ArrayList<String>();
        var adopted = new ArrayList<String>();
        for (InstalledDistribution each : drift.brought()) {
            evidence.add(
                    "%s installed %s %s"
                            .formatted(
                                    each.installer().orElse("somebody"),
                                    each.name(),
                                    each.version()));
            if (each.requested()) { // the others came with these
                adopted.add(each.name().toString());
            }
        }
        if (!adopted.isEmpty()) {
            remedies.add("adopt: blast add " + String.join(" ", adopted));
        }
        for (String distInfo : drift.removed()) {
            evidence.add(
                    "somebody removed "
                            + distInfo.replace(".dist-info", "").replaceFirst("-", " "));
        }
        remedies.add(
                drift.declared()
                        ? "undo: " + SYNC
                        : "undo: what pip brought, pip uninstall takes away");
        return new CheckLine(
                subject(drift), drift.level(), String.join("; ", evidence), evidence, remedies);
    }

    private static CheckLine line(Finding finding, String summary, String... remedies) {
        return line(finding, summary, List.of(), remedies);
    }

    private static CheckLine line(
            Finding finding, String summary, List<String> evidence, String... remedies) {
        return new CheckLine(
                subject(finding), finding.level(), summary, evidence, List.of(remedies));
    }

    private static String subject(Finding finding) {
        return finding.side().name().toLowerCase(Locale.ROOT);
    }
}
