package dev.blast.cli.command;

import dev.blast.cli.report.WhyReport;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.DependencyGraph;
import dev.blast.solver.Pin;
import dev.blast.solver.RootRequirement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The ways from the project's requirements down to a package, as people read them. */
final class WhyPaths {
    private final Map<PackageName, Pin> pins;
    private final DependencyGraph graph;

    /**
     * @param markers of the interpreter: what is not asked for here asks for nothing
     */
    WhyPaths(Map<PackageName, Pin> pins, List<RootRequirement> roots, MarkerEnvironment markers) {
        this.pins = pins;
        this.graph =
                DependencyGraph.of(
                        pins.values(),
                        roots.stream()
                                .filter(root -> root.requirement().appliesTo(markers, Set.of()))
                                .map(WhyPaths::withGroup)
                                .toList());
    }

    private static RootRequirement withGroup(RootRequirement root) {
        return root.group() == null
                ? root
                : new RootRequirement(
                        root.requirement(),
                        root.origin() + ", group " + root.group(),
                        root.group());
    }

    /** The shortest first; at most so many. */
    List<List<WhyReport.Step>> to(PackageName target, int most) {
        return graph.why(target, most).stream()
                .map(way -> way.stream().map(this::step).toList())
                .toList();
    }

    private WhyReport.Step step(DependencyGraph.Edge edge) {
        return new WhyReport.Step(
                edge.from() == null ? "you" : String.valueOf(pins.get(edge.from())),
                edge.requirements().stream()
                        .map(WhyPaths::words)
                        .distinct()
                        .collect(Collectors.joining(" and ")),
                String.join("; ", edge.origins()));
    }

    /** {@code urllib3 >=1.21,<3}: without the marker, which holds here. */
    private static String words(Requirement requirement) {
        String versions = requirement.specifier().toString();
        return requirement.name()
                + inBrackets(requirement.extras())
                + (versions.isEmpty() ? "" : " " + versions);
    }

    private static String inBrackets(Collection<?> extras) {
        return extras.isEmpty()
                ? ""
                : extras.stream().map(Object::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
