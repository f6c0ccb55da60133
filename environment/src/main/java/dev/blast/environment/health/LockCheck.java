package dev.blast.environment.health;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.CurrentLock;
import dev.blast.environment.project.LockFit;
import dev.blast.environment.project.Project;
import dev.blast.index.Formats;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.solver.Pin;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.lock.Unpinned;
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

    private LockCheck(Project project, Interpreter interpreter) {
        this.project = project;
        this.interpreter = interpreter;
    }

    /**
     * The finding about the lock.
     *
     * @param ours the dist-info folders that Blast left
     */
    static Finding.Lock check(
            Project project,
            Interpreter interpreter,
            Collection<InstalledDistribution> installed,
            Collection<String> ours)
            throws EnvironmentException {
        return new LockCheck(project, interpreter).check(installed, new HashSet<>(ours));
    }

    private Finding.Lock check(Collection<InstalledDistribution> installed, Set<String> ours)
            throws EnvironmentException {
        CurrentLock lock;
        try {
            lock =
                    CurrentLock.read(
                            project.lockFile(),
                            interpreter.target(),
                            Set.of(),
                            Optional.empty(),
                            Formats.ANY);
        } catch (EnvironmentException e) {
            return new Finding.Lock.Unreadable(Message.of(e));
        }
        String file = project.lockFile().getFileName().toString();
        if (!lock.isPresent()) {
            return new Finding.Lock.Missing(file, project.declared());
        }
        if (!lock.why().isEmpty()) {
            return new Finding.Lock.Unusable(lock.why());
        }
        List<String> unsettled = unsettled(lock, installed);
        List<Finding.Lock.Other> others = others(lock.pins(), installed, ours);
        return unsettled.isEmpty() && others.isEmpty()
                ? new Finding.Lock.Current(file)
                : new Finding.Lock.NotCurrent(file, unsettled, others);
    }

    /** Of what a sync without options asks: with the default groups, without extras. */
    private List<String> unsettled(CurrentLock lock, Collection<InstalledDistribution> installed)
            throws EnvironmentException {
        List<RootRequirement> roots =
                new ArrayList<>(project.requirements(project.defaultGroups(), Set.of()));
        roots.addAll(project.constraints());
        for (InstalledDistribution distribution : installed) {
            Unpinned unpinned = lock.without().get(distribution.name());
            if (unpinned != null && unpinned.place() != null) { // its version is what is there
                roots.removeIf(root -> root.requirement().name().equals(distribution.name()));
            }
        }
        return new LockFit(lock.pins(), lock.complete(), interpreter.markers()).faults(roots);
    }

    private static List<Finding.Lock.Other> others(
            Map<PackageName, Pin> pins,
            Collection<InstalledDistribution> installed,
            Set<String> ours) {
        var others = new ArrayList<Finding.Lock.Other>();
        for (InstalledDistribution distribution : installed) {
            Pin pin = pins.get(distribution.name());
            if (pin != null
                    && !pin.version().equals(distribution.version())
                    && ours.contains(distribution.distInfo().getFileName().toString())) {
                others.add(
                        new Finding.Lock.Other(pin.name(), pin.version(), distribution.version()));
            }
        }
        return others;
    }
}
