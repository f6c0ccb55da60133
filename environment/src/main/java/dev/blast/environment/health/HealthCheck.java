package dev.blast.environment.health;

import dev.blast.environment.Cause;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.History;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.InstalledDistributions;
import dev.blast.environment.install.ReadAtStart;
import dev.blast.environment.install.RecordCheck;
import dev.blast.environment.install.Store;
import dev.blast.environment.install.Venv;
import dev.blast.environment.install.VenvState;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.Project;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Compares an environment with what it should be, side by side: the venv, the files, how the
 * packages fit together and fit the project, the lock, what others changed, the store, the history.
 * Changes nothing, and needs no network.
 */
public final class HealthCheck {
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
        Path root = environment.root();
        try {
            VenvState state = Venv.inspect(root);
            if (!(state instanceof VenvState.Usable venv)) {
                return List.of(new Finding.NoEnvironment(root, state));
            }
            var findings = new ArrayList<>(frame(venv, interpreter));
            Path sitePackages = root.resolve(interpreter.venvScheme().purelib());
            List<InstalledDistribution> installed = InstalledDistributions.scan(sitePackages);
            RecordCheck.Report records = RecordCheck.check(root, sitePackages, installed, depth);
            findings.add(new Finding.Packages(records.distributions()));
            strangers(records, new ReadAtStart(interpreter)).ifPresent(findings::add);
            findings.add(RequirementCheck.check(project, interpreter, installed));
            Optional<Applied> applied = Applied.of(environment);
            List<String> ours = applied.map(Applied::distributions).orElse(List.of());
            findings.add(LockCheck.check(project, interpreter, installed, ours));
            findings.add(
                    applied.isPresent()
                            ? drift(installed, applied.get())
                            : new Finding.Drift.Unknown());
            findings.add(history());
            return findings;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot check %s: %s".formatted(root, Cause.of(e, root)), e);
        }
    }

    /** What is around the packages. */
    private List<Finding> frame(VenvState.Usable venv, Interpreter interpreter) throws IOException {
        var findings = new ArrayList<Finding>();
        project.requiresPython()
                .filter(wanted -> !wanted.value().contains(interpreter.version(), true))
                .ifPresent(wanted ->
                        findings.add(
                                new Finding.OtherPython(
                                        interpreter.version().toString(),
                                        "%s (requires-python, %s)"
                                                .formatted(
                                                        wanted.value(),
                                                        project.requiresPythonPlace()
                                                                .orElseThrow()))));
        List<String> missing = Venv.missing(environment.root(), interpreter);
        if (!missing.isEmpty()) {
            findings.add(new Finding.FrameMissing(missing));
        }
        List<String> changed = Venv.changed(environment.root(), interpreter);
        if (!changed.isEmpty()) {
            findings.add(new Finding.FrameChanged(changed));
        }
        if (venv.configuration()
                .value("include-system-site-packages")
                .filter("true"::equalsIgnoreCase)
                .isPresent()) {
            findings.add(new Finding.InterpretersPackagesSeen());
        }
        return findings;
    }

    /** Files that no RECORD lists. */
    private static Optional<Finding> strangers(RecordCheck.Report records, ReadAtStart read) {
        var readAtStart = new ArrayList<String>();
        var others = new ArrayList<String>();
        for (String path : records.strangers()) {
            (read.reads(path) ? readAtStart : others).add(path);
        }
        return readAtStart.isEmpty() && others.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding.Strangers(readAtStart, others));
    }

    /** What others put in, changed and took out since our last change. */
    private Finding drift(List<InstalledDistribution> installed, Applied applied) {
        var missing = new TreeSet<String>(applied.distributions());
        List<InstalledDistribution> brought =
                installed.stream()
                        .filter(each -> !missing.remove(each.distInfo().getFileName().toString()))
                        .toList();
        return brought.isEmpty() && missing.isEmpty()
                ? new Finding.Drift.None(applied.generation())
                : new Finding.Drift.Some(brought, List.copyOf(missing), project.declared());
    }

    /**
     * The history can be read, and what its last generation holds is in the store: then it can be
     * brought back offline.
     */
    private Finding history() throws IOException {
        try (History history = History.of(dossier)) {
            history.verify();
            List<Generation> generations = history.generations();
            var missing = new ArrayList<String>();
            for (Generation.Installed installed :
                    generations.isEmpty()
                            ? List.<Generation.Installed>of()
                            : generations.getFirst().packages()) {
                if (!installed.sha256().isEmpty() && !store.holds(installed.sha256())) {
                    missing.add(installed.wheel());
                }
            }
            return new Finding.Wheels(generations.size(), missing);
        } catch (EnvironmentException e) {
            return new Finding.HistoryUnreadable(Message.of(e));
        }
    }
}
