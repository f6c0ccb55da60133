package dev.blast.solver.search;

import dev.blast.rules.fact.Candidate;
import dev.blast.rules.verdict.Judgement;
import dev.blast.solver.Companions;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Incompatibility;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.States;
import dev.blast.solver.logic.Term;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which versions the rules do not let stand together. Two packages have as many pairs as the
 * product of their versions; what is judged is one pair for each two kinds of them, when a search
 * is about to bring them together. For one thread.
 */
final class Pairs {
    /** The kind of versions that may stand beside any. */
    private static final int ANY = -1;

    private final Companions rules;
    private final CandidateFacts candidates;
    private final Map<Domain, int[]> kinds = new HashMap<>();
    private final Map<Object, Integer> numbers = new HashMap<>();
    private final Map<Two, Optional<Cause.Apart>> judged = new HashMap<>();

    private record Two(int one, int other) {}

    Pairs(Companions rules, CandidateFacts candidates) {
        this.rules = rules;
        this.candidates = candidates;
    }

    /** How many pairs were judged. */
    int judged() {
        return judged.size();
    }

    /** Whether any rule on two versions is about this one. */
    boolean concern(Domain domain, int state) {
        return kinds(domain)[state] != ANY;
    }

    /** What keeps two versions apart; empty where nothing does. */
    Optional<Cause.Apart> between(Domain one, int state, Domain other, int its) {
        int kind = kinds(one)[state];
        int theirs = kinds(other)[its];
        if (kind == ANY || theirs == ANY) {
            return Optional.empty();
        }
        return judged.computeIfAbsent(
                new Two(kind, theirs),
                _ -> judge(candidates.of(one, state), candidates.of(other, its)));
    }

    private Optional<Cause.Apart> judge(Candidate one, Candidate other) {
        Judgement judgement = rules.judge(one, other);
        return judgement.allowed() ? Optional.empty() : Optional.of(Cause.Apart.by(judgement));
    }

    /**
     * The fact that keeps two versions apart, about all versions of the one that the same rule
     * keeps from this version of the other and from those that no rule tells from it.
     */
    Optional<Incompatibility> fact(Node node, int state, Node other, int its) {
        Cause.Apart apart = between(node.domain(), state, other.domain(), its).orElse(null);
        if (apart == null) {
            return Optional.empty();
        }
        States ours = States.none(node.anything().size());
        for (int each = 1; each < node.anything().size(); each++) {
            Optional<Cause.Apart> same = between(node.domain(), each, other.domain(), its);
            if (same.isPresent() && same.get().isOf(apart)) {
                ours = ours.with(each);
            }
        }
        int[] theirKinds = kinds(other.domain());
        States theirs = States.none(other.anything().size());
        for (int each = 1; each < other.anything().size(); each++) {
            if (theirKinds[each] == theirKinds[its]) {
                theirs = theirs.with(each);
            }
        }
        return Optional.of(
                new Incompatibility(List.of(new Term(node, ours), new Term(other, theirs)), apart));
    }

    /** All versions of a package that are kept apart from one of another. */
    States apart(Domain one, int state, Domain other) {
        States apart = States.none(other.versions().size() + 1);
        for (int its = 1; its <= other.versions().size(); its++) {
            if (between(one, state, other, its).isPresent()) {
                apart = apart.with(its);
            }
        }
        return apart;
    }

    private int[] kinds(Domain domain) {
        return kinds.computeIfAbsent(domain, this::sort);
    }

    private int[] sort(Domain domain) {
        int[] sorted = new int[domain.versions().size() + 1];
        for (int state = 1; state < sorted.length; state++) {
            Object kind = rules.kind(candidates.of(domain, state)).orElse(null);
            sorted[state] =
                    kind == null
                            ? ANY
                            : Objects.requireNonNull(
                                    numbers.computeIfAbsent(kind, _ -> numbers.size()));
        }
        return sorted;
    }
}
