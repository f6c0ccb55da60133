package dev.blast.solver.graph;

import dev.blast.packaging.Visible;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.SimpleDirectedGraph;

/**
 * Boxes and the links between them, in the order in which they are to be looked at. All texts are
 * visible characters on one line, whoever wrote them. Immutable.
 *
 * @param title what it shows
 * @param boxes each with an id of its own
 * @param links each between two boxes; two boxes have one at most in each direction
 */
public record Drawing(String title, List<Box> boxes, List<Link> links) {

    /** What a box stands for; each looks different, by its form and not by its colour alone. */
    public enum Kind {
        /** A project: where everything begins. */
        PROJECT,
        /** A line in which a person asks for something. */
        ASKED,
        /** A package that the project itself asks for. */
        DIRECT,
        /** A package, or an extra of one. */
        PACKAGE,
        /** A requirement between two packages. */
        NEED,
        /** Why something cannot be used. */
        OBSTACLE,
        /** A package of which nothing is left. */
        CLASH
    }

    /**
     * One box.
     *
     * @param id by which links name it; never shown
     * @param name what it is called
     * @param detail what stands beside the name: a version, a place; may be empty
     * @param mark what nobody is to miss, in a word or two; mostly empty
     * @param remarks what else there is to say, a sentence each
     */
    public record Box(
            String id, Kind kind, String name, String detail, String mark, List<String> remarks) {
        /** One that needs no mark. */
        public Box(String id, Kind kind, String name, String detail, List<String> remarks) {
            this(id, kind, name, detail, "", remarks);
        }

        public Box {
            name = Visible.of(name);
            detail = Visible.of(detail);
            mark = Visible.of(mark);
            remarks = remarks.stream().map(Visible::of).toList();
        }
    }

    /**
     * One box needs another.
     *
     * @param says the requirement; empty where the boxes say it
     */
    public record Link(String from, String to, String says) {
        public Link {
            says = Visible.of(says);
        }
    }

    public Drawing {
        title = Visible.of(title);
        boxes = List.copyOf(boxes);
        links = List.copyOf(links);
        graph(boxes, links);
    }

    /** As JGraphT holds it, for questions about all of it; refuses what is no such graph. */
    private static Graph<String, Link> graph(List<Box> boxes, List<Link> links) {
        var graph = new SimpleDirectedGraph<String, Link>(Link.class);
        for (Box box : boxes) {
            if (!graph.addVertex(box.id())) {
                throw new IllegalArgumentException("two boxes have the id " + box.id());
            }
        }
        for (Link link : links) {
            if (!graph.addEdge(link.from(), link.to(), link)) {
                throw new IllegalArgumentException(
                        "two links lead from %s to %s".formatted(link.from(), link.to()));
            }
        }
        return graph;
    }

    /** From the id of a box to its place among the boxes. */
    public ToIntFunction<String> places() {
        var places = new HashMap<String, Integer>();
        boxes.forEach(box -> places.put(box.id(), places.size()));
        return id -> Objects.requireNonNull(places.get(id), id);
    }

    /** The ids of boxes that need each other, each circle in the order of the boxes. */
    public List<List<String>> circles() {
        return new KosarajuStrongConnectivityInspector<>(graph(boxes, links))
                .stronglyConnectedSets().stream()
                        .filter(circle -> circle.size() > 1)
                        .map(this::inOrder)
                        .toList();
    }

    /** Who needs whom, with the requirements that have boxes of their own on the links. */
    public List<Link> relations() {
        ToIntFunction<String> places = places();
        var relations = new ArrayList<Link>();
        for (Link link : links) {
            Box to = boxes.get(places.applyAsInt(link.to()));
            if (to.kind() != Kind.NEED) {
                if (boxes.get(places.applyAsInt(link.from())).kind() != Kind.NEED) {
                    relations.add(link);
                }
                continue;
            }
            String says = to.remarks().isEmpty() ? to.name() : to.remarks().getFirst();
            links.stream()
                    .filter(further -> further.from().equals(to.id()))
                    .forEach(further -> relations.add(new Link(link.from(), further.to(), says)));
        }
        return relations;
    }

    private List<String> inOrder(Collection<String> ids) {
        return boxes.stream().map(Box::id).filter(ids::contains).toList();
    }
}
