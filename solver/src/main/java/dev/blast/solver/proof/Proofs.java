package dev.blast.solver.proof;

import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.packaging.Visible;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.Proof;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statement;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Incompatibility;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.Obstacle;
import dev.blast.solver.logic.Refutation;
import dev.blast.solver.logic.States;
import dev.blast.solver.logic.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes down a {@link Refutation}: facts in the order in which one package leads to the next,
 * beginning with what the request asks for, then the conclusions.
 */
public final class Proofs {
    private final Refutation refutation;
    private final List<RootRequirement> core;
    private final boolean coreIsMinimal;
    private final Phrases phrases = new Phrases();
    private final Map<Incompatibility, Integer> numbers = new HashMap<>();
    private final List<Statement> statements = new ArrayList<>();
    private final Set<RootRequirement> shown = new LinkedHashSet<>();

    private Proofs(Refutation refutation, List<RootRequirement> core, boolean coreIsMinimal) {
        this.refutation = refutation;
        this.core = core;
        this.coreIsMinimal = coreIsMinimal;
    }

    /**
     * A refutation in sentences.
     *
     * @param core the requirements of the request among the facts, in the order of the request
     */
    public static Proof of(
            Refutation refutation, List<RootRequirement> core, boolean coreIsMinimal) {
        return new Proofs(refutation, core, coreIsMinimal).write();
    }

    private Proof write() {
        for (Incompatibility fact : refutation.facts()) {
            if (fact.cause() instanceof Cause.Asked(RootRequirement root, Node node)) {
                phrases.note(node, root.requirement());
            }
        }
        for (Incompatibility fact : refutation.facts()) {
            for (Cause.Needs need : needs(fact)) {
                phrases.note(need.to(), need.requirement());
            }
        }
        var visited = new LinkedHashSet<Node>();
        List<Node> asked =
                refutation.facts().stream()
                        .map(Incompatibility::cause)
                        .filter(Cause.Asked.class::isInstance)
                        .map(cause -> ((Cause.Asked) cause).node())
                        .toList();
        // What nothing is said to need comes where it is needed, or last.
        asked.stream().filter(this::needsSomething).forEach(node -> follow(node, visited));
        asked.forEach(node -> follow(node, visited));
        refutation.facts().forEach(this::state);
        refutation.lemmas().forEach(this::conclude);
        return new Proof(statements, core, coreIsMinimal, conclusion());
    }

    private boolean needsSomething(Node node) {
        return refutation.facts().stream()
                .anyMatch(fact -> needs(fact).stream().anyMatch(need -> need.from() == node));
    }

    /** What is said about a node, then about those that it needs. */
    private void follow(Node node, Set<Node> visited) {
        if (!visited.add(node)) {
            return;
        }
        for (Incompatibility fact : refutation.facts()) {
            boolean speaksOfIt =
                    switch (fact.cause()) {
                        case Cause.Asked(RootRequirement _, Node asked) -> asked == node;
                        case Cause.Unusable _, Cause.Ruled _ ->
                                fact.terms().getFirst().node() == node;
                        case Cause.Several(List<Incompatibility> parts) ->
                                needs(fact).isEmpty() && fact.terms().getFirst().node() == node;
                        case Cause.Needs _, Cause.SameVersion _, Cause.Wished _, Cause.Derived _ ->
                                false;
                    };
            if (speaksOfIt) {
                state(fact);
            }
        }
        for (Incompatibility fact : refutation.facts()) {
            for (Cause.Needs need : needs(fact)) {
                if (need.from() == node) {
                    state(fact);
                    follow(need.to(), visited);
                }
            }
        }
    }

    private void state(Incompatibility fact) {
        if (numbers.containsKey(fact)) {
            return;
        }
        numbers.put(fact, 0);
        switch (fact.cause()) {
            case Cause.Asked(RootRequirement root, Node node) -> {
                if (!isFolded(fact) && shown.add(root)) {
                    add(
                            fact,
                            Statement.Kind.ASKED,
                            node,
                            null,
                            (root.constraint() ? "you allow only " : "you ask for ")
                                    + asked(node, root),
                            root.origin());
                }
            }
            case Cause.Needs _ -> stateNeed(fact);
            case Cause.Unusable(Obstacle obstacle) -> stateObstacle(fact, List.of(obstacle));
            case Cause.Ruled ruled -> stateRule(fact, ruled);
            case Cause.Several(List<Incompatibility> parts) -> {
                switch (parts.getFirst().cause()) {
                    case Cause.Unusable _ ->
                            stateObstacle(
                                    fact, parts.stream().map(Proofs::obstacle).distinct().toList());
                    case Cause.Ruled ruled -> stateRule(fact, ruled);
                    default -> stateNeed(fact);
                }
            }
            // That an extra comes with its package goes without saying.
            case Cause.SameVersion _ -> {}
            case Cause.Wished _, Cause.Derived _ ->
                    throw new IllegalStateException("not a fact: " + fact);
        }
    }

    private String asked(Node node, RootRequirement root) {
        Requirement requirement = root.requirement();
        String text = Phrases.requirement(node, requirement);
        if (requirement.url() != null
                || !node.domain().accepted(requirement.specifier().versions()).isEmpty()) {
            return text;
        }
        return text + missing(node);
    }

    /** What to say of a package that has no version that is asked for. */
    private static String missing(Node node) {
        List<Version> versions = node.domain().versions();
        return versions.isEmpty()
                ? ", which " + node.domain().absence()
                : ", of which there is no version (there are %s to %s%s)"
                        .formatted(
                                versions.getFirst(),
                                versions.getLast(),
                                node.domain().absence().isEmpty()
                                        ? ""
                                        : "; " + node.domain().absence());
    }

    private void stateNeed(Incompatibility fact) {
        Cause.Needs need = needs(fact).getFirst();
        List<Requirement> requirements =
                needs(fact).stream().map(Cause.Needs::requirement).distinct().toList();
        States from = relevant(need.from(), fact.statesOf(need.from()));
        String target = Phrases.common(need.to(), requirements);
        if (need.from() != need.to() && fact.statesOf(need.to()).isAll()) {
            target += missing(need.to());
        }
        String text = "%s needs %s".formatted(phrases.versions(need.from(), from), target);
        add(fact, Statement.Kind.NEEDS, need.from(), need.to(), text, detail(need.from(), from));
    }

    /**
     * The versions that matter: those that are asked for and can be used, where all of them are
     * among the states.
     */
    private States relevant(Node node, States states) {
        for (States wanted : wanted(node)) {
            States usable = wanted.minus(unusable(node));
            if (!usable.isEmpty() && usable.isSubsetOf(states)) {
                return wanted;
            }
        }
        return askedOf(node, states);
    }

    /** The versions that single requirements accept: first those of the request. */
    private List<States> wanted(Node node) {
        var wanted = new ArrayList<States>();
        for (Incompatibility fact : refutation.facts()) {
            if (fact.cause() instanceof Cause.Asked(RootRequirement _, Node asked)
                    && asked.base() == node.base()) {
                wanted.add(
                        fact.terms().isEmpty()
                                ? States.none(node.anything().size())
                                : fact.statesOf(asked).not().without(States.ABSENT));
            }
        }
        for (Incompatibility fact : refutation.facts()) {
            List<Cause.Needs> needs = needs(fact);
            if (!needs.isEmpty() && needs.getFirst().to() == node) {
                wanted.add(fact.statesOf(node).not());
            }
        }
        return wanted;
    }

    private States unusable(Node node) {
        States unusable = States.none(node.anything().size());
        for (Incompatibility fact : refutation.facts()) {
            if (fact.terms().size() == 1
                    && needs(fact).isEmpty()
                    && !(fact.cause() instanceof Cause.Asked)) {
                unusable =
                        fact.terms().getFirst().node() == node
                                ? unusable.or(fact.statesOf(node))
                                : unusable;
            }
        }
        return unusable;
    }

    /** Whether another statement already says which versions are asked for. */
    private boolean isFolded(Incompatibility asked) {
        boolean isConstraint =
                asked.cause() instanceof Cause.Asked(RootRequirement root, Node _)
                        && root.constraint();
        if (isConstraint || asked.terms().isEmpty()) {
            return false;
        }
        Node node = asked.terms().getFirst().node();
        States wanted = asked.statesOf(node).not();
        States usable = wanted.minus(unusable(node));
        return wanted(node).size() == 1
                && refutation.facts().stream()
                        .anyMatch(fact ->
                                fact != asked
                                        && !fact.terms().isEmpty()
                                        && fact.terms().getFirst().node() == node
                                        && (usable.isEmpty() ? wanted : usable)
                                                .isSubsetOf(fact.terms().getFirst().states()));
    }

    private void stateObstacle(Incompatibility fact, List<Obstacle> obstacles) {
        Node node = fact.terms().getFirst().node();
        States states = askedOf(node, fact.statesOf(node));
        String text =
                "%s %s".formatted(phrases.versions(node, states), ObstacleText.together(obstacles));
        add(fact, Statement.Kind.UNUSABLE, node, null, text, detail(node, states));
    }

    /** Of these versions, those that are asked for at all. */
    private States askedOf(Node node, States states) {
        for (States wanted : wanted(node)) {
            if (!wanted.isDisjoint(states)) {
                return states.and(wanted);
            }
        }
        return states;
    }

    /** Which versions a specifier stands for. */
    private String detail(Node node, States states) {
        return phrases.isSpecified(node, states)
                ? "(%s %s, all)".formatted(node.name(), Phrases.listed(node.domain(), states))
                : "";
    }

    private void stateRule(Incompatibility fact, Cause.Ruled ruled) {
        Node node = fact.terms().getFirst().node();
        Reason reason = ruled.reason();
        String verdict =
                reason == null && ruled.failure() == null
                        ? "allowed by no rule"
                        : reason == null
                                ? "denied because the rules failed: " + ruled.failure()
                                : (ruled.held() ? "held back: " : "forbidden: ")
                                        + Visible.of(
                                                reason.text().isEmpty()
                                                        ? reason.rule()
                                                        : reason.text());
        String text =
                "%s is %s"
                        .formatted(
                                phrases.versions(node, askedOf(node, fact.statesOf(node))),
                                verdict);
        add(
                fact,
                Statement.Kind.RULED,
                node,
                null,
                text,
                reason == null ? "" : reason.origin().toString());
    }

    private void conclude(Refutation.Lemma lemma) {
        var present = new ArrayList<String>();
        var needed = new ArrayList<String>();
        for (Term term : lemma.statement().terms()) {
            if (term.states().contains(States.ABSENT)) {
                needed.add(phrases.versions(term.node(), term.states().not()));
            } else {
                present.add(phrases.versions(term.node(), term.states()));
            }
        }
        String who = String.join(" with ", present);
        String what = String.join(" or ", needed);
        String text =
                needed.isEmpty()
                        ? present.size() == 1
                                ? who + " is impossible"
                                : String.join(" and ", present) + " exclude each other"
                        : present.isEmpty()
                                ? what + " is needed"
                                : "%s %s %s"
                                        .formatted(
                                                who, present.size() == 1 ? "needs" : "need", what);
        var from = new TreeSet<Integer>();
        lemma.uses().stream()
                .map(numbers::get)
                .filter(number -> number != null && number > 0)
                .forEach(from::add);
        Node about = lemma.statement().terms().getFirst().node();
        numbers.put(lemma.statement(), statements.size() + 1);
        statements.add(
                new Statement(
                        statements.size() + 1,
                        Statement.Kind.FOLLOWS,
                        about.name(),
                        null,
                        text,
                        "",
                        List.copyOf(from)));
    }

    private String conclusion() {
        List<String> names =
                core.stream()
                        .map(root -> {
                            String name = requirementText(root);
                            return shown.contains(root)
                                    ? name
                                    : "%s (%s)".formatted(name, root.origin());
                        })
                        .toList();
        if (names.size() == 1) {
            return "So %s cannot be met.".formatted(names.getFirst());
        }
        return "So %s and %s exclude each other%s."
                .formatted(
                        String.join(", ", names.subList(0, names.size() - 1)),
                        names.getLast(),
                        coreIsMinimal ? "" : ", perhaps only some of them");
    }

    private String requirementText(RootRequirement root) {
        for (Incompatibility fact : refutation.facts()) {
            if (fact.cause() instanceof Cause.Asked(RootRequirement other, Node node)
                    && other.equals(root)) {
                return Phrases.requirement(node, root.requirement());
            }
        }
        return root.requirement().toString();
    }

    private void add(
            Incompatibility fact,
            Statement.Kind kind,
            Node about,
            @Nullable Node other,
            String text,
            String source) {
        numbers.put(fact, statements.size() + 1);
        statements.add(
                new Statement(
                        statements.size() + 1,
                        kind,
                        about.name(),
                        other == null ? null : other.name(),
                        text,
                        source,
                        List.of()));
    }

    /** The needs that a fact states, one or several; none for other facts. */
    private static List<Cause.Needs> needs(Incompatibility fact) {
        return switch (fact.cause()) {
            case Cause.Needs need -> List.of(need);
            case Cause.Several(List<Incompatibility> parts) ->
                    parts.stream().flatMap(part -> needs(part).stream()).toList();
            default -> List.of();
        };
    }

    private static Obstacle obstacle(Incompatibility fact) {
        return ((Cause.Unusable) fact.cause()).obstacle();
    }
}
