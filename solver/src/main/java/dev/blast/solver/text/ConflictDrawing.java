package dev.blast.solver.text;

import dev.blast.solver.PackagePart;
import dev.blast.solver.Proof;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statement;
import dev.blast.solver.graph.Drawing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What excludes each other, as something to look at: from the lines in which a person asks, through
 * what packages need, to the packages of which nothing is left. What follows from other statements
 * is no box: the picture shows what it follows from.
 */
public final class ConflictDrawing {
    /** Letters of a statement that a box shows whole. */
    private static final int SHORT = 40;

    private final Map<String, Drawing.Box> boxes = new LinkedHashMap<>();
    private final List<Drawing.Link> links = new ArrayList<>();
    private final Set<PackagePart> parts = new HashSet<>();
    private final Set<PackagePart> needing = new HashSet<>();

    private ConflictDrawing() {}

    /**
     * Several conflicts of one request.
     *
     * @param proofs a box that stands for a statement has the {@link #id} of its line
     */
    public static Drawing of(String title, List<Proof> proofs) {
        var drawing = new ConflictDrawing();
        for (int at = 0; at < proofs.size(); at++) {
            drawing.add(proofs.get(at), at);
        }
        return drawing.finished(title);
    }

    /**
     * The id of what a statement says.
     *
     * @param proof its place among the proofs
     */
    public static String id(int proof, int number) {
        return "%d.%d".formatted(proof + 1, number);
    }

    private void add(Proof proof, int place) {
        var told = new HashSet<RootRequirement>();
        for (Statement statement : proof.statements()) {
            if (statement instanceof Statement.Asked asked) {
                told.add(asked.root());
            }
        }
        for (Proof.Blamed blamed : proof.blamed()) {
            if (!told.contains(blamed.root())) {
                PackagePart part =
                        blamed.as() == null
                                ? new PackagePart(blamed.root().requirement().name(), null)
                                : blamed.as();
                asked("%d.asked.%d".formatted(place + 1, boxes.size()), part, blamed.root());
            }
        }
        proof.statements().forEach(statement -> add(statement, id(place, statement.number())));
    }

    private void add(Statement statement, String id) {
        switch (statement) {
            case Statement.Asked asked -> asked(id, asked.about(), asked.root());
            case Statement.Needs needs -> {
                needing.add(needs.about());
                box(id, Drawing.Kind.NEED, statement);
                link(part(needs.about()), id);
                link(id, part(needs.known().of()));
            }
            case Statement.Unusable _, Statement.Ruled _ -> {
                box(id, Drawing.Kind.OBSTACLE, statement);
                link(part(statement.about()), id);
            }
            case Statement.Apart apart -> {
                box(id, Drawing.Kind.OBSTACLE, statement);
                for (PackagePart part : List.of(apart.one().of(), apart.other().of())) {
                    needing.add(part);
                    link(part(part), id);
                }
            }
            case Statement.Follows _ -> {}
        }
    }

    private void asked(String id, PackagePart part, RootRequirement root) {
        boxes.put(
                id,
                new Drawing.Box(
                        id,
                        Drawing.Kind.ASKED,
                        (root.constraint() ? "only " : "")
                                + Phrases.requirement(part, root.requirement()),
                        root.origin(),
                        List.of(root.constraint() ? "you allow nothing else" : "you ask for it")));
        link(id, part(part));
    }

    /** A box is shorter than a line may be: of one that is too long, what matters comes first. */
    private void box(String id, Drawing.Kind kind, Statement statement) {
        String words =
                StatementText.of(statement)
                        .lines()
                        .map(String::strip)
                        .collect(Collectors.joining(" "));
        String shown =
                words.length() > SHORT && statement instanceof Statement.Needs needs
                        ? "needs "
                                + Phrases.common(
                                        needs.requirements(),
                                        needs.accepted(),
                                        needs.known(),
                                        needs.missing())
                        : words;
        boxes.put(
                id,
                new Drawing.Box(
                        id,
                        kind,
                        statement.number() + ". " + shown,
                        "",
                        shown.equals(words) ? List.of() : List.of(words)));
    }

    /** Whether it is one of which nothing is left is known in the end. */
    private String part(PackagePart part) {
        parts.add(part);
        boxes.putIfAbsent(
                part.toString(),
                new Drawing.Box(
                        part.toString(), Drawing.Kind.PACKAGE, part.toString(), "", List.of()));
        return part.toString();
    }

    private void link(String from, String to) {
        var link = new Drawing.Link(from, to, "");
        if (!links.contains(link)) {
            links.add(link);
        }
    }

    /** Each fact of a proof is needed, so what needs nothing itself is where facts meet. */
    private Drawing finished(String title) {
        for (PackagePart part : parts) {
            if (!needing.contains(part)) {
                boxes.put(
                        part.toString(),
                        new Drawing.Box(
                                part.toString(),
                                Drawing.Kind.CLASH,
                                part.toString(),
                                "",
                                List.of("no version is left")));
            }
        }
        return new Drawing(title, List.copyOf(boxes.values()), links);
    }
}
