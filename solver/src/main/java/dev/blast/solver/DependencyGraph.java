package dev.blast.solver;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.alg.shortestpath.YenShortestPathIterator;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jspecify.annotations.Nullable;

/**
 * Who requires whom among packages that are chosen or installed, beginning with the request.
 * Immutable, for any thread.
 */
public final class DependencyGraph {
    private static final Vertex REQUEST = new Vertex(null);

    private final Graph<Vertex, Edge> graph = new SimpleDirectedGraph<>(Edge.class);
    private final SortedMap<PackageName, Member> members = new TreeMap<>();

    private record Vertex(@Nullable PackageName name) {}

    /**
     * A package that is there.
     *
     * @param extras those that anything asks for
     * @param dependencies what it requires with these extras
     */
    public record Member(
            PackageName name,
            Version version,
            Set<ExtraName> extras,
            List<Requirement> dependencies) {
        public Member {
            extras = Collections.unmodifiableSortedSet(new TreeSet<>(extras));
            dependencies = List.copyOf(dependencies);
        }

        /** What is chosen. */
        public static Member of(Pin pin) {
            return new Member(pin.name(), pin.version(), pin.extras(), pin.dependencies());
        }

        @Override
        public String toString() {
            return name + " " + version;
        }
    }

    /**
     * What one side asks of the other.
     *
     * @param from null for the request itself
     * @param requirements as they are written, in order
     * @param asked the same as the request has it; empty between packages
     */
    public record Edge(
            @Nullable PackageName from,
            PackageName to,
            List<Requirement> requirements,
            List<RootRequirement> asked) {
        public Edge {
            requirements = List.copyOf(requirements);
            asked = List.copyOf(asked);
        }
    }

    private DependencyGraph() {}

    public static DependencyGraph of(Resolution resolution) {
        return of(resolution.pins().stream().map(Member::of).toList(), resolution.requirements());
    }

    /**
     * The graph of what is there, by whatever answer: what is asked for or needed and is not there
     * is left out.
     *
     * @param members one for each package
     * @param asked what is asked for and holds for the target
     */
    public static DependencyGraph of(Collection<Member> members, List<RootRequirement> asked) {
        var graph = new DependencyGraph();
        graph.graph.addVertex(REQUEST);
        for (Member member : members) {
            graph.members.put(member.name(), member);
            graph.graph.addVertex(new Vertex(member.name()));
        }
        for (PackageName target :
                targets(asked.stream().map(RootRequirement::requirement).toList())) {
            List<RootRequirement> roots =
                    asked.stream()
                            .filter(root -> root.requirement().name().equals(target))
                            .toList();
            graph.add(
                    new Edge(
                            null,
                            target,
                            roots.stream().map(RootRequirement::requirement).toList(),
                            roots));
        }
        for (Member member : members) {
            for (PackageName target : targets(member.dependencies())) {
                List<Requirement> requirements =
                        member.dependencies().stream()
                                .filter(requirement -> requirement.name().equals(target))
                                .toList();
                graph.add(new Edge(member.name(), target, requirements, List.of()));
            }
        }
        return graph;
    }

    private static SortedSet<PackageName> targets(List<Requirement> requirements) {
        var targets = new TreeSet<PackageName>();
        requirements.forEach(requirement -> targets.add(requirement.name()));
        return targets;
    }

    /** All packages, by name. */
    public Collection<Member> members() {
        return Collections.unmodifiableCollection(members.values());
    }

    public Optional<Member> member(PackageName name) {
        return Optional.ofNullable(members.get(name));
    }

    /** A package that requires an extra of itself requires nobody else. */
    private void add(Edge edge) {
        if (!edge.to().equals(edge.from()) && graph.containsVertex(new Vertex(edge.to()))) {
            graph.addEdge(new Vertex(edge.from()), new Vertex(edge.to()), edge);
        }
    }

    /**
     * The ways from the request to a package, the shortest first. None visits a package twice.
     *
     * @param most how many ways to give at most: there may be very many
     * @return empty where the package is not in the resolution
     */
    public List<List<Edge>> why(PackageName name, int most) {
        var ways = new ArrayList<List<Edge>>();
        var target = new Vertex(name);
        if (graph.containsVertex(target)) {
            var paths = new YenShortestPathIterator<>(graph, REQUEST, target);
            while (paths.hasNext() && ways.size() < most) {
                ways.add(paths.next().getEdgeList());
            }
        }
        ways.sort(Comparator.<List<Edge>>comparingInt(List::size).thenComparing(Object::toString));
        return ways;
    }

    /** Who requires a package, the request first, then by name. */
    public List<Edge> requirers(PackageName name) {
        var target = new Vertex(name);
        return graph.containsVertex(target)
                ? sorted(List.copyOf(graph.incomingEdgesOf(target)))
                : List.of();
    }

    /** What a package requires, by name; what the request asks for, where no package is given. */
    public List<Edge> dependencies(@Nullable PackageName name) {
        var source = new Vertex(name);
        return graph.containsVertex(source)
                ? sorted(List.copyOf(graph.outgoingEdgesOf(source)))
                : List.of();
    }

    /** Packages that require each other, each group by name. */
    public List<List<PackageName>> cycles() {
        return new KosarajuStrongConnectivityInspector<>(graph)
                .stronglyConnectedSets().stream()
                        .filter(set -> set.size() > 1)
                        .map(set ->
                                set.stream()
                                        .flatMap(vertex ->
                                                Optional.ofNullable(vertex.name()).stream())
                                        .sorted()
                                        .toList())
                        .sorted(Comparator.comparing(List::getFirst))
                        .toList();
    }

    private static List<Edge> sorted(List<Edge> edges) {
        return edges.stream()
                .sorted(
                        Comparator.<Edge, String>comparing(
                                        edge -> edge.from() == null ? "" : edge.from().toString())
                                .thenComparing(Edge::to))
                .toList();
    }
}
