package dev.blast.solver.lock;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Marker;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.Pin;
import dev.blast.solver.RootRequirement;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a lock covers of a project: its own requirements, and those of the extras and dependency
 * groups that were locked. From it follows which packages are there for some of them alone.
 *
 * @param defaults the groups among them that are installed where nobody asks for others
 */
public record LockScope(
        List<RootRequirement> own,
        SortedMap<ExtraName, List<RootRequirement>> extras,
        SortedMap<ExtraName, List<RootRequirement>> groups,
        Set<ExtraName> defaults) {

    /** A lock in which nothing is there for an extra or a group. */
    public static final LockScope PLAIN =
            new LockScope(List.of(), new TreeMap<>(), new TreeMap<>(), Set.of());

    /** What PEP 751 has for what is installed by default: no group of that name is a project's. */
    private static final List<String> SYNTHETIC = List.of("default", "installed-by-default");

    /** A package with one of its extras, or none (null). */
    private record Reached(PackageName name, @Nullable ExtraName extra) {}

    /** The group of the lock that stands for {@link #defaults}; null where there are none. */
    @Nullable ExtraName synthetic() {
        return defaults.isEmpty()
                ? null
                : SYNTHETIC.stream()
                        .map(ExtraName::new)
                        .filter(name -> !groups.containsKey(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no name is free"));
    }

    /** The extras and groups, in words. */
    public List<String> names() {
        return names(extras.keySet(), groups.keySet());
    }

    public static List<String> names(Set<ExtraName> extras, Set<ExtraName> groups) {
        return Stream.concat(
                        extras.stream().map(it -> "the extra " + it),
                        groups.stream().map(it -> "the group " + it))
                .toList();
    }

    /** The packages that are there for extras and groups alone, each with the condition. */
    Map<PackageName, Marker> markers(Collection<Pin> pins, MarkerEnvironment environment) {
        Map<PackageName, Pin> byName = new HashMap<>();
        pins.forEach(pin -> byName.put(pin.name(), pin));
        Map<PackageName, Set<String>> conditions = new TreeMap<>();
        ExtraName byDefault = synthetic();
        extras.forEach((name, roots) ->
                reached(roots, byName, environment)
                        .forEach(it -> add(conditions, it, "'%s' in extras".formatted(name))));
        groups.forEach((name, roots) ->
                reached(roots, byName, environment)
                        .forEach(it -> {
                            if (byDefault != null && defaults.contains(name)) {
                                add(
                                        conditions,
                                        it,
                                        "'%s' in dependency_groups".formatted(byDefault));
                            }
                            add(conditions, it, "'%s' in dependency_groups".formatted(name));
                        }));
        conditions.keySet().removeAll(reached(own, byName, environment));
        Map<PackageName, Marker> markers = new HashMap<>();
        conditions.forEach(
                (name, any) -> markers.put(name, Marker.parse(String.join(" or ", any))));
        return markers;
    }

    private static void add(
            Map<PackageName, Set<String>> conditions, PackageName name, String condition) {
        conditions.computeIfAbsent(name, _ -> new TreeSet<>()).add(condition);
    }

    /** The packages among the pins that these requirements bring, with the extras they ask for. */
    public static Set<PackageName> reached(
            Collection<RootRequirement> roots,
            Map<PackageName, Pin> pins,
            MarkerEnvironment environment) {
        var reached = new HashSet<Reached>();
        var open = new ArrayDeque<Reached>();
        for (RootRequirement root : roots) {
            if (!root.constraint() && root.requirement().appliesTo(environment, Set.of())) {
                each(root.requirement()).forEach(open::add);
            }
        }
        while (!open.isEmpty()) {
            Reached next = open.remove();
            Pin pin = pins.get(next.name());
            if (pin != null && reached.add(next)) {
                Set<ExtraName> asked = next.extra() == null ? Set.of() : Set.of(next.extra());
                pin.dependencies().stream()
                        .filter(needed -> needed.appliesTo(environment, asked))
                        .flatMap(LockScope::each)
                        .forEach(open::add);
            }
        }
        return reached.stream().map(Reached::name).collect(Collectors.toSet());
    }

    private static Stream<Reached> each(Requirement requirement) {
        return Stream.concat(
                Stream.of(new Reached(requirement.name(), null)),
                requirement.extras().stream().map(it -> new Reached(requirement.name(), it)));
    }
}
