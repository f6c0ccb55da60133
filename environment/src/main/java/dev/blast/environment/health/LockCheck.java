package dev.blast.environment.health;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.CurrentLock;
import dev.blast.environment.project.LockFit;
import dev.blast.environment.project.Project;
import dev.blast.packaging.PackageName;
import dev.blast.solver.Pin;
import dev.blast.solver.RootRequirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the lock file is current: it is for this interpreter, settles what the project asks for,
 * and what we installed is what it says. What others installed is drift, and no fault of the lock.
 */
final class LockCheck {
    private final Project project;
    private final Interpreter interpreter;
    private final List<String> faults = new ArrayList<>();

    private LockCheck(Project project, Interpreter interpreter) {
        this.project = project;
        this.interpreter = interpreter;
    }

    /**
     * The finding about the lock.
     *
     * @param ours the dist-info folders that Blast left
     */
    static Finding check(
            Project project,
            Interpreter interpreter,
            Collection<InstalledDistribution> installed,
            Collection<String> ours)
            throws EnvironmentException {
        return new LockCheck(project, interpreter).check(installed, new HashSet<>(ours));
    }

    private Finding check(Collection<InstalledDistribution> installed, Set<String> ours)
            throws EnvironmentException {
        CurrentLock lock;
        try {
            lock =
                    CurrentLock.read(
                            project.lockFile(), interpreter.target(), Set.of(), Optional.empty());
        } catch (EnvironmentException e) {
            List<String> lines = String.valueOf(e.getMessage()).lines().toList();
            return new Finding(
                    "lock",
                    Finding.Level.FAIL,
                    lines.getFirst(),
                    lines,
                    List.of("remove the file, then: blast sync"));
        }
        Path name = project.lockFile().getFileName();
        if (!project.declared() && !lock.isPresent()) {
            return Finding.ok("lock", "none, since no file here says what is wanted");
        }
        if (!lock.why().isEmpty()) {
            return finding(Finding.Level.WARN, lock.why(), "blast sync");
        }
        compareWithProject(lock);
        compareWithInstalled(lock.pins(), installed, ours);
        return faults.isEmpty()
                ? Finding.ok("lock", name + " is current")
                : finding(
                        Finding.Level.WARN,
                        name + " is not current: " + String.join("; ", faults),
                        "blast sync");
    }

    /** As a sync without options asks: with the default groups, without extras. */
    private void compareWithProject(CurrentLock lock) throws EnvironmentException {
        List<RootRequirement> roots =
                new ArrayList<>(project.requirements(project.defaultGroups(), Set.of()));
        roots.addAll(project.constraints());
        faults.addAll(
                new LockFit(lock.pins(), lock.complete(), interpreter.markers()).faults(roots));
    }

    private void compareWithInstalled(
            Map<PackageName, Pin> pins,
            Collection<InstalledDistribution> installed,
            Set<String> ours) {
        for (InstalledDistribution distribution : installed) {
            Pin pin = pins.get(distribution.name());
            if (pin != null
                    && !pin.version().equals(distribution.version())
                    && ours.contains(distribution.distInfo().getFileName().toString())) {
                faults.add("%s is locked, %s is installed".formatted(pin, distribution.version()));
            }
        }
    }

    private Finding finding(Finding.Level level, String summary, String remedy) {
        return new Finding("lock", level, summary, faults, List.of(remedy));
    }
}
