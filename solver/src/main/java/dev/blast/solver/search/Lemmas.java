package dev.blast.solver.search;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Incompatibility;
import dev.blast.solver.logic.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the searches for the same requirements leave to the next one: the nodes they speak of, the
 * facts they looked up, and the conclusions that rest on these alone, whatever each of them wished.
 * So no conflict has to be found twice. For one thread.
 */
final class Lemmas {
    /** Terms that a conclusion has at most to be kept: longer ones seldom say anything again. */
    private static final int TERMS = 6;

    /** Conclusions that are kept at most, the youngest: each costs a little in every search. */
    private static final int CONCLUSIONS = 2_000;

    private final List<Node> nodes = new ArrayList<>();
    private final Map<Part, Node> byPart = new HashMap<>();
    private final Map<PackageName, List<RootRequirement>> constraints = new HashMap<>();
    private final Map<Edge, Incompatibility> needs = new HashMap<>();
    private List<Incompatibility> all = List.of();

    private record Part(PackageName name, @Nullable ExtraName extra) {}

    /** All versions of {@code from} that need the same of {@code to} share one incompatibility. */
    private record Edge(Node from, Node to, String requirement) {}

    /** In the order in which they were first heard of. */
    List<Node> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /**
     * The node of a package, or of an extra of it.
     *
     * @return null where nothing has spoken of it
     */
    @Nullable Node node(PackageName name, @Nullable ExtraName extra) {
        return byPart.get(new Part(name, extra));
    }

    Node add(Domain domain, @Nullable Node base, @Nullable ExtraName extra) {
        var node = new Node(nodes.size(), domain, base, extra);
        byPart.put(new Part(domain.name(), extra), node);
        nodes.add(node);
        return node;
    }

    /**
     * Notes a constraint of the request, which counts as soon as something speaks of its package.
     */
    void constrain(RootRequirement root) {
        constraints.computeIfAbsent(root.requirement().name(), _ -> new ArrayList<>()).add(root);
    }

    List<RootRequirement> constraints(PackageName name) {
        return constraints.getOrDefault(name, List.of());
    }

    /** What is known of versions that need the same; null for nothing. */
    @Nullable Incompatibility need(Node from, Node to, Requirement requirement) {
        return needs.get(new Edge(from, to, requirement.toString()));
    }

    void need(Node from, Node to, Requirement requirement, Incompatibility fact) {
        needs.put(new Edge(from, to, requirement.toString()), fact);
    }

    /** What holds in every search, oldest first; nothing before the first one has ended. */
    List<Incompatibility> all() {
        return all;
    }

    /** Keeps of what a search knows at its end what holds in others too. */
    void keep(Collection<Incompatibility> known) {
        List<Incompatibility> conclusions =
                known.stream()
                        .filter(it -> isConclusion(it) && !it.isWished())
                        .filter(it -> it.terms().size() <= TERMS)
                        .toList();
        int from = Math.max(0, conclusions.size() - CONCLUSIONS);
        Set<Incompatibility> kept = new HashSet<>(conclusions.subList(from, conclusions.size()));
        all =
                known.stream()
                        .filter(it -> isConclusion(it) ? kept.contains(it) : !it.isWished())
                        .toList();
    }

    private static boolean isConclusion(Incompatibility incompatibility) {
        return incompatibility.cause() instanceof Cause.Derived;
    }
}
