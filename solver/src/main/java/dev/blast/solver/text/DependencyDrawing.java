package dev.blast.solver.text;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.DependencyGraph;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.graph.Drawing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who requires whom, as something to look at. */
public final class DependencyDrawing {
    /**
     * Up to so many links a requirement has a box of its own; of more it is said when asked for.
     */
    private static final int FEW = 28;

    private static final String PROJECT = "";

    private final DependencyGraph graph;
    private final Map<PackageName, List<Remark>> remarks;
    private final String project;

    /**
     * What there is to say about a package.
     *
     * @param mark what stands in its box; empty where that is not worth it
     */
    public record Remark(String mark, String sentence) {}

    /**
     * @param project what it is called
     * @param remarks what there is to say about packages beside what the graph says
     */
    public DependencyDrawing(
            DependencyGraph graph, String project, Map<PackageName, List<Remark>> remarks) {
        this.graph = graph;
        this.project = project;
        this.remarks = Map.copyOf(remarks);
    }

    /** All packages. */
    public Drawing all(String title) {
        return drawing(title, _ -> true, graph.members().size());
    }

    /** A package and all that lead to it. */
    public Drawing to(PackageName name, String title) {
        Set<PackageName> shown = new LinkedHashSet<>(Set.of(name));
        Deque<PackageName> open = new ArrayDeque<>(shown);
        while (!open.isEmpty()) {
            for (DependencyGraph.Edge edge : graph.requirers(open.remove())) {
                if (edge.from() != null && shown.add(edge.from())) {
                    open.add(edge.from());
                }
            }
        }
        return drawing(title, shown::contains, shown.size());
    }

    private Drawing drawing(String title, Predicate<PackageName> shown, int packages) {
        List<DependencyGraph.Edge> edges =
                Stream.concat(
                                graph.dependencies(null).stream(),
                                graph.members().stream()
                                        .filter(member -> shown.test(member.name()))
                                        .flatMap(member ->
                                                graph.dependencies(member.name()).stream()))
                        .filter(edge -> shown.test(edge.to()))
                        .toList();
        Set<PackageName> direct =
                graph.dependencies(null).stream()
                        .map(DependencyGraph.Edge::to)
                        .collect(Collectors.toSet());
        var boxes = new ArrayList<Drawing.Box>();
        var links = new ArrayList<Drawing.Link>();
        boxes.add(
                new Drawing.Box(
                        PROJECT,
                        Drawing.Kind.PROJECT,
                        project,
                        packages == 1 ? "1 package" : packages + " packages",
                        List.of()));
        for (DependencyGraph.Member member : graph.members()) {
            if (shown.test(member.name())) {
                boxes.add(
                        new Drawing.Box(
                                id(member.name()),
                                direct.contains(member.name())
                                        ? Drawing.Kind.DIRECT
                                        : Drawing.Kind.PACKAGE,
                                part(member),
                                member.version().toString(),
                                mark(member.name()),
                                remarks(member.name()).stream().map(Remark::sentence).toList()));
            }
        }
        for (DependencyGraph.Edge edge : edges) {
            if (edges.size() > FEW || wanted(edge).isEmpty()) {
                links.add(new Drawing.Link(id(edge.from()), id(edge.to()), says(edge)));
            } else {
                String need = "%s>%s".formatted(id(edge.from()), id(edge.to()));
                boxes.add(
                        new Drawing.Box(
                                need, Drawing.Kind.NEED, wanted(edge), "", List.of(says(edge))));
                links.add(new Drawing.Link(id(edge.from()), need, ""));
                links.add(new Drawing.Link(need, id(edge.to()), ""));
            }
        }
        return new Drawing(title, boxes, links);
    }

    private List<Remark> remarks(PackageName name) {
        return remarks.getOrDefault(name, List.of());
    }

    private String mark(PackageName name) {
        return remarks(name).stream()
                .map(Remark::mark)
                .filter(mark -> !mark.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String id(@Nullable PackageName name) {
        return name == null ? PROJECT : name.normalized();
    }

    private static String part(DependencyGraph.Member member) {
        return member.extras().isEmpty()
                ? member.name().toString()
                : member.extras().stream()
                        .map(ExtraName::toString)
                        .collect(Collectors.joining(",", member.name() + "[", "]"));
    }

    /** Which versions: {@code >=2}; empty for any. */
    private static String wanted(DependencyGraph.Edge edge) {
        return edge.requirements().stream()
                .map(Requirement::specifier)
                .map(Phrases::specifier)
                .filter(specifier -> !specifier.isEmpty())
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    /** {@code flask >=3 (pyproject.toml:12, group test)}, with markers as they are written. */
    private static String says(DependencyGraph.Edge edge) {
        return edge.asked().isEmpty()
                ? edge.requirements().stream()
                        .map(DependencyDrawing::marked)
                        .distinct()
                        .collect(Collectors.joining(" and "))
                : edge.asked().stream()
                        .map(DependencyDrawing::placed)
                        .collect(Collectors.joining(" and "));
    }

    private static String placed(RootRequirement root) {
        return "%s (%s%s)"
                .formatted(
                        marked(root.requirement()),
                        root.origin(),
                        root.group() == null ? "" : ", group " + root.group());
    }

    private static String marked(Requirement requirement) {
        return requirement.marker() == null
                ? RequirementText.of(requirement)
                : RequirementText.of(requirement) + "; " + requirement.marker();
    }
}
