package dev.blast.environment.health;

import dev.blast.environment.Cause;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.History;
import dev.blast.environment.install.FileFinding;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.InstalledDistributions;
import dev.blast.environment.install.ReadAtStart;
import dev.blast.environment.install.RecordCheck;
import dev.blast.environment.install.RecordFindings;
import dev.blast.environment.install.Store;
import dev.blast.environment.install.Venv;
import dev.blast.environment.install.VenvConfiguration;
import dev.blast.environment.install.VenvState;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares an environment with what it should be, side by side: the venv, the files, how the
 * packages fit together and fit the project, the lock, what others changed, the store, the history.
 * Changes nothing, and needs no network.
 */
public final class HealthCheck {
    /** How many files one line names. */
    private static final int NAMED = 3;

    private final Project project;
    private final Dossier dossier;
    private final Environment environment;
    private final Store store;
    private final RecordCheck.Depth depth;

    public HealthCheck(Project project, Dossier dossier, Store store, RecordCheck.Depth depth) {
        this.project = project;
        this.dossier = dossier;
        this.environment = dossier.environment();
        this.store = store;
        this.depth = depth;
    }

    /**
     * All findings, in the order in which a person would look; one finding says more than one thing
     * only where they have one remedy.
     *
     * @param interpreter the environment's, for its markers
     * @throws EnvironmentException where something cannot be read at all
     */
    public List<Finding> run(Interpreter interpreter) throws EnvironmentException {
        List<Finding> findings = new ArrayList<>();
        try {
            Optional<Finding> venv = venv();
            venv.ifPresent(findings::add);
            if (venv.map(Finding::level).filter(Finding.Level.FAIL::equals).isPresent()) {
                return findings;
            }
            Path root = environment.root();
            frame("missing", Venv.missing(root, interpreter), "blast sync")
                    .ifPresent(findings::add);
            frame("not as Blast lays it out", Venv.changed(root, interpreter), "blast sync --force")
                    .ifPresent(findings::add);
            others().ifPresent(findings::add);
            Path sitePackages = environment.root().resolve(interpreter.venvScheme().purelib());
            List<InstalledDistribution> installed = InstalledDistributions.scan(sitePackages);
            RecordCheck.Report records =
                    RecordCheck.check(environment.root(), sitePackages, installed, depth);
            findings.add(packages(records));
            strangers(records, new ReadAtStart(interpreter)).ifPresent(findings::add);
            findings.add(Requirements.check(project, interpreter, installed));
            Optional<Applied> applied = Applied.of(environment);
            List<String> ours = applied.map(Applied::distributions).orElse(List.of());
            findings.add(LockCheck.check(project, interpreter, installed, ours));
            findings.add(drift(installed, applied, project.declared()));
            findings.add(history());
            return findings;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot check %s: %s"
                            .formatted(environment.root(), Cause.of(e, environment.root())),
                    e);
        }
    }

    private Optional<Finding> venv() throws IOException {
        String summary =
                switch (Venv.inspect(environment.root())) {
                    case VenvState.Usable _ -> "";
                    case VenvState.Absent _ -> "there is no environment in " + environment.root();
                    case VenvState.Occupied(String what) ->
                            environment.root() + " is not an environment: " + what;
                    case VenvState.Moved(_, Path madeAt) ->
                            "it was made at %s; its scripts still point there".formatted(madeAt);
                    case VenvState.Orphaned(_, Path gone) -> "its interpreter is gone: " + gone;
                };
        return summary.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Finding(
                                "environment",
                                Finding.Level.FAIL,
                                summary,
                                List.of(),
                                List.of("blast start")));
    }

    private static Optional<Finding> frame(String what, List<String> parts, String remedy) {
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Finding(
                                "environment",
                                Finding.Level.WARN,
                                what + ": " + String.join(", ", parts),
                                parts,
                                List.of(remedy)));
    }

    /** An environment that is not apart from its interpreter's packages holds what nobody chose. */
    private Optional<Finding> others() throws IOException {
        return Venv.inspect(environment.root())
                                instanceof VenvState.Usable(VenvConfiguration configuration, _, _)
                        && configuration
                                .value("include-system-site-packages")
                                .filter("true"::equalsIgnoreCase)
                                .isPresent()
                ? Optional.of(
                        new Finding(
                                "environment",
                                Finding.Level.WARN,
                                "the interpreter's own packages are imported too: pyvenv.cfg has include-system-site-packages = true",
                                List.of(),
                                List.of("blast clean, then blast start, make one without them")))
                : Optional.empty();
    }

    private static Finding packages(RecordCheck.Report report) {
        Map<String, List<FileFinding>> damaged = new LinkedHashMap<>();
        List<String> evidence = new ArrayList<>();
        int files = 0;
        for (RecordFindings distribution : report.distributions()) {
            files += distribution.files();
            List<FileFinding> wrong =
                    distribution.findings().stream()
                            .filter(f -> f.kind() != FileFinding.Kind.ADDED)
                            .toList();
            if (!wrong.isEmpty()) {
                damaged.put(distribution.distribution().name().normalized(), wrong);
            }
            distribution
                    .findings()
                    .forEach(f ->
                            evidence.add(
                                    "%s %s: %s".formatted(word(f.kind()), f.path(), f.evidence())));
        }
        if (damaged.isEmpty()) {
            return new Finding(
                    "packages",
                    Finding.Level.OK,
                    "every file matches its RECORD (%,d files)".formatted(files),
                    evidence,
                    List.of());
        }
        return new Finding(
                "packages",
                Finding.Level.FAIL,
                "%d of %,d files differ from their RECORD: %s"
                        .formatted(
                                damaged.values().stream().mapToInt(List::size).sum(),
                                files,
                                String.join(", ", damaged.keySet())),
                evidence,
                List.of("blast sync --force"));
    }

    /**
     * Files that no RECORD lists: somebody put them there. What the interpreter reads when it
     * starts is named first.
     */
    private static Optional<Finding> strangers(RecordCheck.Report report, ReadAtStart read) {
        var files = new ArrayList<String>();
        var atStart = new ArrayList<String>();
        Stream.concat(
                        report.unowned().stream(),
                        report.distributions().stream()
                                .flatMap(d -> d.findings().stream())
                                .filter(f -> f.kind() == FileFinding.Kind.ADDED)
                                .map(FileFinding::path))
                .sorted()
                .forEach(path -> (read.reads(path) ? atStart : files).add(path));
        if (files.isEmpty() && atStart.isEmpty()) {
            return Optional.empty();
        }
        var all = new ArrayList<>(atStart);
        all.addAll(files);
        String some =
                String.join(", ", all.subList(0, Math.min(NAMED, all.size())))
                        + (all.size() > NAMED ? " and " + (all.size() - NAMED) + " more" : "");
        return Optional.of(
                new Finding(
                        "files",
                        atStart.isEmpty() ? Finding.Level.WARN : Finding.Level.FAIL,
                        (atStart.isEmpty()
                                        ? "in no RECORD: "
                                        : "in no RECORD, and read at each start of the interpreter: ")
                                + some,
                        all,
                        List.of(
                                "remove what you did not put there; blast clean and blast start lay all out anew")));
    }

    private static String word(FileFinding.Kind kind) {
        return switch (kind) {
            case MISSING -> "missing";
            case CHANGED -> "changed";
            case ADDED -> "added";
        };
    }

    /** What others put in, changed and took out since our last change. */
    private static Finding drift(
            List<InstalledDistribution> installed, Optional<Applied> applied, boolean declared) {
        if (applied.isEmpty()) {
            return new Finding(
                    "drift",
                    Finding.Level.WARN,
                    "Blast has not changed this environment yet, so it does not know whose packages these are",
                    List.of(),
                    List.of("blast sync"));
        }
        var missing = new TreeSet<String>(applied.get().distributions());
        List<String> evidence = new ArrayList<>();
        List<String> remedies = new ArrayList<>();
        for (InstalledDistribution d : installed) {
            if (!missing.remove(d.distInfo().getFileName().toString())) {
                evidence.add(
                        "%s installed %s %s"
                                .formatted(
                                        d.installer().orElse("somebody"), d.name(), d.version()));
                if (d.requested()) { // the others came with these
                    remedies.add(
                            declared
                                    ? "adopt: add '%s' to the project's dependencies"
                                            .formatted(d.name())
                                    : "adopt: write '%s==%s' into requirements.txt"
                                            .formatted(d.name(), d.version()));
                }
            }
        }
        missing.forEach(name ->
                evidence.add(
                        "somebody removed "
                                + name.replace(".dist-info", "").replaceFirst("-", " ")));
        if (evidence.isEmpty()) {
            return Finding.ok(
                    "drift",
                    "nobody else has changed the packages since generation "
                            + applied.get().generation());
        }
        remedies.add(
                declared ? "undo: blast sync" : "undo: what pip brought, pip uninstall takes away");
        return new Finding(
                "drift", Finding.Level.WARN, String.join("; ", evidence), evidence, remedies);
    }

    /**
     * The history can be read, and what its last generation holds is in the store: then it can be
     * brought back offline.
     */
    private Finding history() throws IOException, EnvironmentException {
        try (History history = History.of(dossier)) {
            history.verify();
            List<Generation> generations = history.generations();
            List<String> missing = new ArrayList<>();
            for (Generation.Installed p :
                    generations.isEmpty()
                            ? List.<Generation.Installed>of()
                            : generations.getFirst().packages()) {
                if (!p.sha256().isEmpty() && !store.holds(p.sha256())) {
                    missing.add(p.wheel());
                }
            }
            return missing.isEmpty()
                    ? Finding.ok(
                            "store",
                            "%d generations; the last one's wheels are in the store"
                                    .formatted(generations.size()))
                    : new Finding(
                            "store",
                            Finding.Level.WARN,
                            "%d wheels of this environment are damaged in the store, or no longer there"
                                    .formatted(missing.size()),
                            missing,
                            List.of("blast sync --force"));
        } catch (EnvironmentException e) {
            return new Finding(
                    "history",
                    Finding.Level.FAIL,
                    String.valueOf(e.getMessage()),
                    List.of(),
                    List.of("blast sync --force"));
        }
    }
}
