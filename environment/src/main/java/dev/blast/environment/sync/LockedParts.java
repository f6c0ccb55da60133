package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.project.CurrentLock;
import dev.blast.environment.project.Project;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import dev.blast.solver.Pin;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.lock.LockScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which extras and groups of a project versions are chosen for, and which are installed: a lock
 * goes on covering what it covered, whoever asks for less.
 *
 * @param asked what is to be installed
 * @param all what versions are chosen for
 * @param narrow what is to be installed, by extra and group
 * @param scope what versions are chosen for, by extra and group
 */
record LockedParts(
        List<RootRequirement> asked, List<RootRequirement> all, LockScope narrow, LockScope scope) {

    /** What is asked for, and what the lock covers besides. */
    static LockedParts of(
            Project project,
            Collection<ExtraName> groups,
            Collection<ExtraName> extras,
            CurrentLock lock)
            throws EnvironmentException {
        Set<ExtraName> allGroups = with(groups, lock.groups(), project.groups());
        Set<ExtraName> allExtras = with(extras, lock.extras(), project.extras());
        return new LockedParts(
                project.requirements(groups, extras),
                project.requirements(allGroups, allExtras),
                scope(project, new TreeSet<>(groups), new TreeSet<>(extras)),
                scope(project, allGroups, allExtras));
    }

    private static LockScope scope(Project project, Set<ExtraName> groups, Set<ExtraName> extras) {
        Set<ExtraName> defaults = new TreeSet<>(project.defaultGroups());
        defaults.retainAll(groups);
        return new LockScope(
                project.dependencies(),
                of(project.extras(), extras),
                of(project.groups(), groups),
                defaults);
    }

    private static Set<ExtraName> with(
            Collection<ExtraName> asked, Collection<ExtraName> covered, Map<ExtraName, ?> known) {
        Set<ExtraName> all = new TreeSet<>(covered);
        all.retainAll(known.keySet());
        all.addAll(asked);
        return all;
    }

    private static SortedMap<ExtraName, List<RootRequirement>> of(
            Map<ExtraName, List<RootRequirement>> known, Set<ExtraName> names) {
        SortedMap<ExtraName, List<RootRequirement>> some = new TreeMap<>();
        names.forEach(name -> some.put(name, known.getOrDefault(name, List.of())));
        return some;
    }

    /**
     * The same with what addresses lead to. What stands for a requirement of a group or an extra is
     * asked for with it, all else whatever group is.
     */
    LockedParts with(Collection<RootRequirement> requirements) {
        var more = new ArrayList<RootRequirement>(requirements);
        more.removeAll(all);
        List<RootRequirement> wanted =
                more.stream().filter(it -> !standsIn(all, it) || standsIn(asked, it)).toList();
        return more.isEmpty()
                ? this
                : new LockedParts(
                        joined(asked, wanted),
                        joined(all, more),
                        with(narrow, wanted),
                        with(scope, more));
    }

    /** Whether one of these is the same requirement, before it was given an address. */
    private static boolean standsIn(List<RootRequirement> roots, RootRequirement addressed) {
        return roots.stream()
                .anyMatch(it ->
                        it.origin().equals(addressed.origin())
                                && Objects.equals(it.group(), addressed.group())
                                && it.requirement().name().equals(addressed.requirement().name()));
    }

    private static LockScope with(LockScope scope, List<RootRequirement> more) {
        List<RootRequirement> own = new ArrayList<>(scope.own());
        SortedMap<ExtraName, List<RootRequirement>> extras = new TreeMap<>(scope.extras());
        SortedMap<ExtraName, List<RootRequirement>> groups = new TreeMap<>(scope.groups());
        for (RootRequirement root : more) {
            if (!isAdded(extras, root) && !isAdded(groups, root)) {
                own.add(root);
            }
        }
        return new LockScope(own, extras, groups, scope.defaults());
    }

    private static boolean isAdded(
            SortedMap<ExtraName, List<RootRequirement>> named, RootRequirement root) {
        ExtraName name = root.group();
        List<RootRequirement> before = name == null ? null : named.get(name);
        if (name == null || before == null || !standsIn(before, root)) {
            return false;
        }
        named.put(name, joined(before, List.of(root)));
        return true;
    }

    private static List<RootRequirement> joined(
            List<RootRequirement> some, List<RootRequirement> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** The same, where versions are chosen for nothing else. */
    LockedParts narrowed() {
        return new LockedParts(asked, asked, narrow, narrow);
    }

    /** Whether versions are chosen for more than is installed. */
    boolean isWider() {
        return !asked.containsAll(all);
    }

    /** What of an answer is to be installed. */
    Resolution installed(Resolution whole, MarkerEnvironment environment) {
        if (!isWider()) {
            return whole;
        }
        Map<PackageName, Pin> pins = new HashMap<>();
        whole.pins().forEach(pin -> pins.put(pin.name(), pin));
        Set<PackageName> reached = LockScope.reached(asked, pins, environment);
        return new Resolution(
                whole.pins().stream().filter(pin -> reached.contains(pin.name())).toList(),
                whole.requirements().stream().filter(asked::contains).toList(),
                whole.notes(),
                whole.statistics(),
                whole.appraisal(),
                whole.turns());
    }
}
