package dev.blast.cli.command;

import dev.blast.cli.report.TreeReport;
import dev.blast.packaging.PackageName;
import dev.blast.solver.DependencyGraph;
import dev.blast.solver.text.RequirementText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Unfolds a graph from what the project asks for: each package is shown with what it requires once,
 * where it comes first. For one thread.
 */
final class PackageTree {
    private final DependencyGraph graph;
    private final Set<PackageName> shown = new HashSet<>();
    private final Deque<PackageName> above = new ArrayDeque<>();

    PackageTree(DependencyGraph graph) {
        this.graph = graph;
    }

    /** What is asked for, then what nothing leads to. */
    List<TreeReport.Branch> roots() {
        var roots = new ArrayList<>(branches(null));
        for (DependencyGraph.Member member : graph.members()) {
            if (!shown.contains(member.name())) {
                roots.add(branch(member, "", List.of()));
            }
        }
        return roots;
    }

    private List<TreeReport.Branch> branches(@Nullable PackageName name) {
        return graph.dependencies(name).stream()
                .map(edge ->
                        branch(
                                graph.member(edge.to()).orElseThrow(),
                                edge.requirements().stream()
                                        .map(RequirementText::of)
                                        .distinct()
                                        .collect(Collectors.joining(" and ")),
                                edge.asked().stream().map(WhyPaths::place).toList()))
                .toList();
    }

    private TreeReport.Branch branch(
            DependencyGraph.Member member, String requirement, List<String> origins) {
        TreeReport.Fold fold = fold(member);
        List<TreeReport.Branch> below = List.of();
        if (fold == TreeReport.Fold.OPEN) {
            shown.add(member.name());
            above.push(member.name());
            below = branches(member.name());
            above.pop();
        }
        return new TreeReport.Branch(
                member.name().toString(),
                member.version().toString(),
                PackageListing.words(member.extras()),
                requirement,
                origins,
                fold,
                below);
    }

    private TreeReport.Fold fold(DependencyGraph.Member member) {
        if (above.contains(member.name())) {
            return TreeReport.Fold.CIRCLE;
        }
        return shown.contains(member.name()) && !graph.dependencies(member.name()).isEmpty()
                ? TreeReport.Fold.SHOWN
                : TreeReport.Fold.OPEN;
    }
}
