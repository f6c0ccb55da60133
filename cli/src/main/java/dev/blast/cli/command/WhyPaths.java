package dev.blast.cli.command;

import dev.blast.cli.report.WhyReport;
import dev.blast.packaging.PackageName;
import dev.blast.solver.DependencyGraph;
import dev.blast.solver.Restraint;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.text.RequirementText;
import dev.blast.solver.text.RestraintText;
import java.util.List;
import java.util.stream.Collectors;

/** The ways from the project's requirements down to a package, as people read them. */
final class WhyPaths {
    private final DependencyGraph graph;

    WhyPaths(DependencyGraph graph) {
        this.graph = graph;
    }

    /** The shortest first; at most so many. */
    List<List<WhyReport.Step>> to(PackageName target, int most) {
        return graph.why(target, most).stream()
                .map(way -> way.stream().map(this::step).toList())
                .toList();
    }

    private WhyReport.Step step(DependencyGraph.Edge edge) {
        return new WhyReport.Step(
                edge.from() == null
                        ? "you"
                        : graph.member(edge.from()).map(Object::toString).orElseThrow(),
                edge.requirements().stream()
                        .map(RequirementText::of)
                        .distinct()
                        .collect(Collectors.joining(" and ")),
                edge.asked().stream().map(WhyPaths::place).collect(Collectors.joining("; ")));
    }

    /** {@code pyproject.toml:12, group test}. */
    static String place(RootRequirement root) {
        return RestraintText.source(new Restraint.Asked(root));
    }
}
