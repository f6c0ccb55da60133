package dev.blast.solver.proof;

import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.packaging.VersionSet;
import dev.blast.solver.Hindrance;
import dev.blast.solver.KnownVersions;
import dev.blast.solver.Lack;
import dev.blast.solver.Obstacle;
import dev.blast.solver.PackagePart;
import dev.blast.solver.Proof;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statement;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Incompatibility;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.Refutation;
import dev.blast.solver.logic.States;
import dev.blast.solver.logic.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link Refutation} in the order in which it is told: facts as one package leads to the
 * next, beginning with what the request asks for, then what excludes versions that no other fact
 * speaks of, then the conclusions. What another statement already contains gets none of its own.
 */
public final class Proofs {
    private final Refutation refutation;
    private final Relevance relevance;
    private final Written written = new Written();

    /** Of each fact and conclusion the number of its statement; 0 where it has none. */
    private final Map<Incompatibility, Integer> numbers = new HashMap<>();

    private final List<Statement> statements = new ArrayList<>();
    private final Set<RootRequirement> shown = new HashSet<>();

    /** Packages of which a need speaks of all versions that can be used: the others come late. */
    private final Set<Node> othersLate;

    private Proofs(Refutation refutation) {
        this.refutation = refutation;
        this.relevance = new Relevance(refutation.facts());
        this.othersLate =
                refutation.facts().stream()
                        .filter(fact -> !Relevance.needs(fact).isEmpty())
                        .filter(fact -> told(fact).usableOf() != null)
                        .map(fact -> from(fact).base())
                        .collect(Collectors.toSet());
    }

    /**
     * A refutation as statements.
     *
     * @param core the requirements of the request among the facts, in the order of the request
     */
    public static Proof of(
            Refutation refutation, List<RootRequirement> core, boolean coreIsMinimal) {
        var proofs = new Proofs(refutation);
        proofs.state();
        return new Proof(
                proofs.statements, core.stream().map(proofs::blamed).toList(), coreIsMinimal);
    }

    private void state() {
        for (Incompatibility fact : refutation.facts()) {
            if (fact.cause() instanceof Cause.Asked(RootRequirement root, Node node)) {
                written.note(node, root.requirement());
            }
        }
        for (Incompatibility fact : refutation.facts()) {
            for (Cause.Needs need : Relevance.needs(fact)) {
                written.note(need.to(), need.requirement());
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
        visited.forEach(node -> speakingOf(node).forEach(this::state));
        refutation.facts().forEach(this::state);
        refutation.lemmas().forEach(this::conclude);
    }

    private boolean needsSomething(Node node) {
        return refutation.facts().stream()
                .anyMatch(fact ->
                        Relevance.needs(fact).stream().anyMatch(need -> need.from() == node));
    }

    /** What is said about a node, then about those that it needs. */
    private void follow(Node node, Set<Node> visited) {
        if (!visited.add(node)) {
            return;
        }
        speakingOf(node).stream()
                .filter(fact -> !(isUnusable(fact) && othersLate.contains(node.base())))
                .forEach(this::state);
        for (Incompatibility fact : refutation.facts()) {
            for (Cause.Needs need : Relevance.needs(fact)) {
                if (need.from() == node) {
                    state(fact);
                    follow(need.to(), visited);
                }
            }
        }
    }

    private List<Incompatibility> speakingOf(Node node) {
        return refutation.facts().stream()
                .filter(fact -> speaksOf(fact, node) || speaksOf(fact, node.base()))
                .toList();
    }

    /** Whether a fact is about the versions of a node alone. */
    private static boolean speaksOf(Incompatibility fact, Node node) {
        return switch (fact.cause()) {
            case Cause.Asked(RootRequirement _, Node asked) -> asked == node;
            case Cause.Unusable _, Cause.Ruled _ -> node(fact) == node;
            case Cause.Several _ ->
                    fact.terms().size() == 1
                            && Relevance.needs(fact).isEmpty()
                            && node(fact) == node;
            case Cause.Needs _,
                    Cause.Apart _,
                    Cause.SameVersion _,
                    Cause.Wished _,
                    Cause.Derived _ ->
                    false;
        };
    }

    private void state(Incompatibility fact) {
        if (numbers.containsKey(fact)) {
            return;
        }
        Statement statement = statement(fact);
        int number = statement == null ? 0 : statement.number();
        (isUnusable(fact) ? unusable(node(fact)) : List.of(fact))
                .forEach(told -> numbers.put(told, number));
        if (statement != null) {
            statements.add(statement);
        }
    }

    private static boolean isUnusable(Incompatibility fact) {
        return switch (fact.cause()) {
            case Cause.Unusable _ -> true;
            case Cause.Several(List<Incompatibility> parts) ->
                    parts.getFirst().cause() instanceof Cause.Unusable;
            default -> false;
        };
    }

    private static Node node(Incompatibility fact) {
        return fact.terms().getFirst().node();
    }

    private static Node from(Incompatibility need) {
        return Relevance.needs(need).getFirst().from();
    }

    private Relevance.Told told(Incompatibility need) {
        return relevance.told(from(need), need.statesOf(from(need)));
    }

    /** Null for what goes without saying. */
    private @Nullable Statement statement(Incompatibility fact) {
        return switch (fact.cause()) {
            case Cause.Asked(RootRequirement root, Node node) -> asked(fact, root, node);
            case Cause.Needs _ -> need(fact);
            case Cause.Unusable _ -> hindrances(node(fact));
            case Cause.Ruled ruled -> ruled(fact, ruled);
            case Cause.Apart apart -> apart(fact, apart);
            case Cause.Several(List<Incompatibility> parts) ->
                    switch (parts.getFirst().cause()) {
                        case Cause.Unusable _ -> hindrances(node(fact));
                        case Cause.Ruled ruled -> ruled(fact, ruled);
                        case Cause.Apart apart -> apart(fact, apart);
                        default -> need(fact);
                    };
            // An extra comes with its package.
            case Cause.SameVersion _ -> null;
            case Cause.Wished _, Cause.Derived _ ->
                    throw new IllegalStateException("not a fact: " + fact);
        };
    }

    private Statement apart(Incompatibility fact, Cause.Apart apart) {
        Term one = fact.terms().getFirst();
        Term other = fact.terms().getLast();
        return new Statement.Apart(
                next(),
                written.versions(one.node(), relevance.asked(one.node(), one.states())),
                written.versions(other.node(), relevance.asked(other.node(), other.states())),
                apart.reason(),
                apart.failure());
    }

    private @Nullable Statement asked(Incompatibility fact, RootRequirement root, Node node) {
        if (relevance.isFolded(fact) || !shown.add(root)) {
            return null;
        }
        Requirement requirement = root.requirement();
        boolean lacks =
                requirement.url() == null
                        && node.domain().accepted(requirement.specifier().versions()).isEmpty();
        return new Statement.Asked(
                next(),
                Written.part(node),
                root,
                lacks ? lack(node.domain(), requirement.specifier().versions()) : null);
    }

    private Statement need(Incompatibility fact) {
        Cause.Needs need = Relevance.needs(fact).getFirst();
        Node from = need.from();
        Node to = need.to();
        boolean lacks = from != to && fact.statesOf(to).isAll();
        List<Requirement> requirements =
                Relevance.needs(fact).stream().map(Cause.Needs::requirement).distinct().toList();
        VersionSet accepted = accepted(requirements);
        States known = to.domain().accepted(accepted);
        Relevance.Told told = told(fact);
        return new Statement.Needs(
                next(),
                written.versions(from, told.states()),
                told.usableOf() == null ? null : written.versions(from, told.usableOf()),
                requirements,
                accepted,
                written.versions(to, known),
                known.isEmpty() ? null : missing(fact, to, known),
                lacks ? lack(to.domain(), accepted) : null);
    }

    /** What another fact asks for, and none of these is: of several the one in fewest words. */
    private @Nullable KnownVersions missing(Incompatibility fact, Node node, States known) {
        return relevance.others(fact, node).stream()
                .filter(other -> !other.isEmpty() && other.isDisjoint(known))
                .map(other -> written.versions(node, other))
                .min(
                        Comparator.comparingInt(
                                other -> other.written() == null ? other.runs().size() : 0))
                .orElse(null);
    }

    private static VersionSet accepted(List<Requirement> requirements) {
        VersionSet accepted = VersionSet.EMPTY;
        for (Requirement requirement : requirements) {
            accepted =
                    accepted.or(
                            requirement.url() == null
                                    ? requirement.specifier().versions()
                                    : VersionSet.ALL);
        }
        return accepted;
    }

    /** All that is in the way of a package's versions. */
    private Statement hindrances(Node node) {
        return new Statement.Unusable(
                next(),
                unusable(node).stream()
                        .map(fact -> new Hindrance(askedOf(fact), obstacles(fact)))
                        .toList(),
                othersLate.contains(node.base()));
    }

    private List<Incompatibility> unusable(Node node) {
        return refutation.facts().stream()
                .filter(fact -> isUnusable(fact) && node(fact) == node)
                .toList();
    }

    private static List<Obstacle> obstacles(Incompatibility fact) {
        return switch (fact.cause()) {
            case Cause.Unusable(Obstacle obstacle) -> List.of(obstacle);
            case Cause.Several(List<Incompatibility> parts) ->
                    parts.stream().flatMap(part -> obstacles(part).stream()).distinct().toList();
            default -> throw new IllegalStateException("not an obstacle: " + fact);
        };
    }

    private Statement ruled(Incompatibility fact, Cause.Ruled ruled) {
        return new Statement.Ruled(
                next(), askedOf(fact), ruled.held(), ruled.reason(), ruled.failure());
    }

    /** The versions that a fact about one node speaks of, as far as anything asks for them. */
    private KnownVersions askedOf(Incompatibility fact) {
        Term term = fact.terms().getFirst();
        return written.versions(term.node(), relevance.asked(term.node(), term.states()));
    }

    private void conclude(Refutation.Lemma lemma) {
        var present = new ArrayList<KnownVersions>();
        var needed = new ArrayList<KnownVersions>();
        for (Term term : lemma.statement().terms()) {
            if (term.states().contains(States.ABSENT)) {
                needed.add(written.versions(term.node(), term.states().not()));
            } else {
                present.add(written.versions(term.node(), term.states()));
            }
        }
        var from = new TreeSet<Integer>();
        lemma.uses().stream()
                .map(numbers::get)
                .filter(number -> number != null && number > 0)
                .forEach(from::add);
        PackagePart about = Written.part(lemma.statement().terms().getFirst().node());
        var conclusion = new Statement.Follows(next(), about, present, needed, List.copyOf(from));
        numbers.put(lemma.statement(), conclusion.number());
        statements.add(conclusion);
    }

    private int next() {
        return statements.size() + 1;
    }

    private static Lack lack(Domain domain, VersionSet wanted) {
        List<Version> versions = domain.versions();
        if (wanted.isEmpty()) {
            return new Lack.Contradiction();
        }
        return versions.isEmpty()
                ? new Lack.NoVersions(domain.absence())
                : new Lack.Others(versions.getFirst(), versions.getLast(), domain.absence());
    }

    private Proof.Blamed blamed(RootRequirement root) {
        for (Incompatibility fact : refutation.facts()) {
            if (fact.cause() instanceof Cause.Asked(RootRequirement other, Node node)
                    && other.equals(root)) {
                return new Proof.Blamed(root, Written.part(node));
            }
        }
        return new Proof.Blamed(root, null);
    }
}
