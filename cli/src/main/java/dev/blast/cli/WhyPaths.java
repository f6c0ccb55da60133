package dev.blast.cli;

import dev.blast.cli.report.WhyReport;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.Pin;
import dev.blast.solver.RootRequirement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shortest way from each of the project's requirements down to one package. One search upwards
 * from the package, breadth first, finds all of them: each package remembers the next step down.
 */
final class WhyPaths {
    private final Map<PackageName, Pin> pins;
    private final List<RootRequirement> roots;

    WhyPaths(Map<PackageName, Pin> pins, List<RootRequirement> roots) {
        this.pins = pins;
        this.roots = roots;
    }

    /** The shortest first, those of one length in the order of the project's requirements. */
    List<List<WhyReport.Step>> to(PackageName target) {
        Map<PackageName, Pin> below = nextStepsDown(target);
        var paths = new ArrayList<List<WhyReport.Step>>();
        for (RootRequirement root : roots) {
            PackageName name = root.requirement().name();
            if (name.equals(target) || below.containsKey(name)) {
                paths.add(path(root, target, below));
            }
        }
        paths.sort(Comparator.comparingInt(List::size));
        return paths;
    }

    /** For each package above the target, the package that it needs on the shortest way down. */
    private Map<PackageName, Pin> nextStepsDown(PackageName target) {
        Map<PackageName, List<Pin>> above = above();
        var next = new HashMap<PackageName, Pin>();
        Deque<PackageName> queue = new ArrayDeque<>(List.of(target));
        while (!queue.isEmpty()) {
            PackageName name = queue.remove();
            for (Pin pin : above.getOrDefault(name, List.of())) {
                Pin needed = pins.get(name);
                if (needed != null
                        && !pin.name().equals(target)
                        && next.putIfAbsent(pin.name(), needed) == null) {
                    queue.add(pin.name());
                }
            }
        }
        return next;
    }

    private Map<PackageName, List<Pin>> above() {
        var above = new LinkedHashMap<PackageName, List<Pin>>();
        for (Pin pin : pins.values()) {
            for (Requirement requirement : pin.dependencies()) {
                above.computeIfAbsent(requirement.name(), _ -> new ArrayList<>()).add(pin);
            }
        }
        return above;
    }

    private List<WhyReport.Step> path(
            RootRequirement root, PackageName target, Map<PackageName, Pin> below) {
        var steps = new ArrayList<WhyReport.Step>();
        String origin =
                root.group() == null ? root.origin() : root.origin() + ", group " + root.group();
        steps.add(new WhyReport.Step("you", words(root.requirement()), origin));
        PackageName at = root.requirement().name();
        while (!at.equals(target)) {
            Pin asking = pins.get(at);
            Pin needed = below.get(at);
            if (asking == null || needed == null) {
                throw new IllegalStateException(
                        "the way from " + root + " to " + target + " ends at " + at);
            }
            PackageName next = needed.name();
            Requirement requirement =
                    asking.dependencies().stream()
                            .filter(it -> it.name().equals(next))
                            .findFirst()
                            .orElseThrow();
            steps.add(new WhyReport.Step(asking.toString(), words(requirement), ""));
            at = next;
        }
        return steps;
    }

    /** {@code urllib3 >=1.21,<3}: without the marker, which holds here. */
    private static String words(Requirement requirement) {
        String extras =
                requirement.extras().isEmpty()
                        ? ""
                        : "["
                                + String.join(
                                        ",",
                                        requirement.extras().stream()
                                                .map(Object::toString)
                                                .toList())
                                + "]";
        String versions = requirement.specifier().toString();
        return requirement.name() + extras + (versions.isEmpty() ? "" : " " + versions);
    }
}
