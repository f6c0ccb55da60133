package dev.blast.solver.search;

import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.Obstacle;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Deduction;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Effort;
import dev.blast.solver.logic.Incompatibility;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.PartialSolution;
import dev.blast.solver.logic.States;
import dev.blast.solver.logic.Term;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Conflict-driven version solving (PubGrub): decide one version, derive what follows, and when that
 * is impossible, learn the shortest reason and go back as far as it reaches. Ends with versions
 * that fit together or with an incompatibility without terms. For one thread, for one use.
 *
 * <p>Only facts and what follows from them are ever learned; which version is tried next is a guess
 * and may be any. See docs/solving.md.
 */
final class Search {
    private final View view;
    private final Knowledge knowledge;
    private final Leaps leaps;
    private final Chooser chooser;
    private final Bounds bounds;
    private final int readBefore;
    private final int conflictsBefore;
    private final Effort effort;
    private final Agenda agenda;
    private final Deduction deduction;
    private final PartialSolution solution;
    private final Clauses clauses;
    private final Necessities necessities;
    private final Set<Node> lookedAt = new HashSet<>();
    private final Set<Node> culprits = new LinkedHashSet<>();

    /** The level since which the version that was tried last has been impossible. */
    private int blockedSince;

    /** Whether a version would have to be read that may not be. */
    private boolean exhausted;

    /** How a search ends. */
    sealed interface End {
        /**
         * Versions that fit together.
         *
         * @param view what the search knew
         * @param states what was chosen
         * @param leaps what was passed over on the way to it, of the decisions that stand
         * @param leapt whether anything was passed over: without that, it is the first answer in
         *     the order of choice
         */
        record Found(View view, Map<Node, Integer> states, List<Leaps.Leap> leaps, boolean leapt)
                implements End {
            boolean has(PackageName name) {
                return states.keySet().stream().anyMatch(node -> node.name().equals(name));
            }

            /** The state of each package. */
            Map<PackageName, Integer> pins() {
                var pins = new LinkedHashMap<PackageName, Integer>();
                states.forEach((node, state) -> pins.put(node.name(), state));
                return pins;
            }

            /** The same as something to stay at. */
            Found withoutLeaps() {
                return new Found(view, states, List.of(), leapt);
            }
        }

        record Impossible(Incompatibility empty) implements End {}

        /** Neither was found within the limit. */
        record Open() implements End {}
    }

    Search(View view, Bounds bounds, Effort effort) {
        this.view = view;
        this.knowledge = view.knowledge();
        this.bounds = bounds;
        this.readBefore = view.ledger().versionsRead();
        this.leaps = new Leaps(bounds.patience());
        this.chooser = new Chooser(view, leaps, bounds.neighbourhood().near());
        this.agenda = new Agenda(knowledge.roots());
        this.effort = effort;
        this.conflictsBefore = effort.conflicts;
        this.deduction = new Deduction(effort, this::refused);
        this.solution = deduction.solution();
        this.clauses = new Clauses(view, deduction);
        this.necessities = new Necessities(view);
    }

    /**
     * What has to be conceded to a search of the same: what it came upon is let through by nothing
     * else. Empty where it did not end for that.
     */
    Concessions necessary() {
        return bounds.concedes() ? necessities.found() : Concessions.NONE;
    }

    /**
     * Searches, and leaves to other searches through the same view what it finds out.
     *
     * @param requirements the same for all of them
     */
    End run(List<RootRequirement> requirements) throws IndexException {
        try {
            return find(requirements);
        } finally {
            view.lemmas().keep(deduction.known());
        }
    }

    private End find(List<RootRequirement> requirements) throws IndexException {
        Collection<Node> changed = clauses.ask(requirements, bounds.neighbourhood().within());
        if (bounds.concedes()) {
            for (RootRequirement root : requirements) {
                if (!root.constraint() && view.applies(root.requirement())) {
                    necessities.ask(clauses.nodes(root.requirement()), root.requirement());
                }
            }
        }
        if (bounds.recalls()) {
            deduction.propagate(changed);
            recall();
        }
        while (!exhausted
                && necessary().isEmpty()
                && effort.conflicts - conflictsBefore <= bounds.allowance().conflicts()) {
            deduction.propagate(changed);
            if (deduction.impossible() != null) {
                return new End.Impossible(deduction.impossible());
            }
            if (!lookAhead()) {
                changed = List.of();
                continue;
            }
            takeBackWhatFails();
            Optional<Node> next = agenda.next(clauses.nodes(), solution);
            if (next.isEmpty()) {
                return new End.Found(view, decided(), leaps.standing(solution), leaps.any());
            }
            // What was learned since the node was last looked at may have excluded some of its
            // versions.
            deduction.propagate(List.of(next.get()));
            changed = isOpen(next.get()) ? decide(next.get()) : List.of();
        }
        return new End.Open();
    }

    /** Counts as refused what was read for other searches and is impossible here. */
    private void recall() {
        Map<PackageName, States> within = bounds.neighbourhood().within();
        for (Node node : clauses.nodes()) {
            States tried = within.getOrDefault(node.name(), node.anything());
            States vain = tried.minus(solution.states(node));
            if (node.base() == node) {
                leaps.recall(
                        node,
                        (int)
                                view.ledger().read(node.domain()).stream()
                                        .filter(vain::contains)
                                        .count());
            }
        }
    }

    /**
     * Looks once at each node that is required: some have no version that can be used at all, which
     * is better known before anything is decided. Says whether the search may go on; else there is
     * something to propagate.
     */
    private boolean lookAhead() {
        for (Node node : clauses.nodes()) {
            if (node.base() == node
                    && solution.isRequired(node)
                    && lookedAt.add(node)
                    && !chooser.canChoose(node, solution.states(node), deduction::learn)) {
                deduction.propagate(List.of(node));
                return false;
            }
        }
        return true;
    }

    private boolean isOpen(Node node) {
        return deduction.impossible() == null
                && solution.isRequired(node)
                && solution.decisionLevel(node) == 0;
    }

    /**
     * Notes that a version of the node was tried in vain.
     *
     * @param earlier the level of the decision that it does not go with, 0 where it goes with none
     */
    private void refused(Node node, int earlier) {
        leaps.refused(node, earlier == 0, solution);
        if (earlier > 0 && agenda.clashed(node, solution.decidedAt(earlier))) {
            culprits.add(solution.decidedAt(earlier));
        }
    }

    /**
     * Takes back decisions that made others clash again and again, so that those go first, and
     * leaps in vain.
     */
    private void takeBackWhatFails() {
        for (Node culprit : culprits) {
            takeBack(culprit);
        }
        culprits.clear();
        leaps.inVain(solution).ifPresent(leap -> takeBack(leap.node()));
    }

    private void takeBack(Node node) {
        int level = solution.decisionLevel(node);
        if (level > 0) {
            deduction.backTo(level - 1);
        }
    }

    /** Tries a version of the node; gives the nodes of which something new is known. */
    private Collection<Node> decide(Node node) throws IndexException {
        if (node.base() != node) {
            return attemptExtra(node, solution.states(node.base()).next(0));
        }
        return switch (chooser.choose(node, solution.states(node), deduction::learn)) {
            case Choice.Try(int state) -> attempt(node, state);
            case Choice.Exhausted _ -> List.of(node);
        };
    }

    private Collection<Node> attemptExtra(Node node, int state) throws IndexException {
        States possible = solution.states(node);
        if (possible.contains(state)) {
            return attempt(node, state);
        }
        deduction.learn(
                new Incompatibility(
                        List.of(new Term(node, possible), new Term(node.base(), possible.not())),
                        new Cause.SameVersion()));
        return List.of(node);
    }

    /** Decides for a version, unless what it needs is already known to be impossible. */
    private Collection<Node> attempt(Node node, int state) throws IndexException {
        if (!mayRead(node.domain(), state)) {
            exhausted = true;
            return List.of();
        }
        blockedSince = solution.level();
        if (canMeetNeeds(node, state) && mayStandWithOthers(node, state)) {
            effort.decisions++;
            solution.decide(node, state);
        } else {
            effort.conflicts++;
            refused(node, blockedSince);
        }
        return clauses.parts(node);
    }

    private boolean mayRead(Domain domain, int state) {
        Ledger ledger = view.ledger();
        return ledger.versionsRead() - readBefore < bounds.allowance().reads()
                || ledger.read(domain).contains(state);
    }

    private boolean canMeetNeeds(Node node, int state) throws IndexException {
        return switch (view.needs(node.domain(), state, node.extra())) {
            case Needs.Unknown(Obstacle obstacle) -> {
                if (obstacle instanceof Obstacle.NoSuchExtra) {
                    necessities.lacks(node, state);
                }
                yield ruleOut(node, state, new Cause.Unusable(obstacle));
            }
            case Needs.Refused(Cause.Ruled cause) -> ruleOut(node, state, cause);
            case Needs.Known(List<Requirement> requirements) -> {
                // Packages that are known already may settle it, and then nobody asks for the
                // others.
                List<Requirement> known =
                        requirements.stream().filter(it -> clauses.isKnown(it.name())).toList();
                List<Requirement> others =
                        requirements.stream().filter(it -> !known.contains(it)).toList();
                yield hasExtras(node, state)
                        && meets(node, state, known)
                        && meets(node, state, others)
                        && needs(requirements);
            }
        };
    }

    /** Whether a version that is about to be decided has the extras that are asked for. */
    private boolean hasExtras(Node node, int state) throws IndexException {
        boolean all = true;
        for (Node part : node.base() == node ? clauses.parts(node) : List.<Node>of()) {
            ExtraName extra = part.extra();
            if (extra != null
                    && solution.isRequired(part)
                    && view.lacks(node.domain(), state, extra)) {
                var present = new Term(part, node.domain().present());
                blockedSince = Math.min(blockedSince, solution.satisfier(present).level());
                States only = States.of(node.anything().size(), state);
                States others = node.domain().present().minus(only);
                deduction.learn(
                        new Incompatibility(
                                List.of(new Term(part, only)),
                                new Cause.Unusable(new Obstacle.NoSuchExtra(extra))));
                deduction.learn(
                        new Incompatibility(
                                List.of(new Term(part, others), new Term(node, others.not())),
                                new Cause.SameVersion()));
                necessities.lacks(part, state);
                all = false;
            }
        }
        return all;
    }

    /** Notes what the needs of a version that can be met let through alone. */
    private boolean needs(List<Requirement> requirements) throws IndexException {
        if (bounds.concedes()) {
            for (Requirement requirement : requirements) {
                necessities.ask(clauses.nodes(requirement), requirement);
            }
        }
        return true;
    }

    /** Rules a version out, whatever else is chosen. */
    private boolean ruleOut(Node node, int state, Cause cause) {
        States only = States.of(node.anything().size(), state);
        deduction.learn(new Incompatibility(List.of(new Term(node, only)), cause));
        chooser.refuse(node, state);
        blockedSince = 0;
        return false;
    }

    private boolean meets(Node node, int state, List<Requirement> requirements)
            throws IndexException {
        boolean possible = true;
        requirements.forEach(requirement -> knowledge.expect(requirement, node.extra()));
        for (Requirement requirement : requirements) {
            for (Node target : clauses.nodes(requirement)) {
                possible &=
                        canMeet(
                                node,
                                state,
                                target,
                                clauses.need(node, state, requirement, target));
            }
        }
        return possible;
    }

    private boolean canMeet(Node node, int state, Node target, States accepted) {
        if (target == node) {
            return accepted.contains(state);
        }
        if (!solution.states(target).isDisjoint(accepted)) {
            return true;
        }
        int level =
                accepted.isEmpty()
                        ? 0
                        : solution.satisfier(new Term(target, accepted.not())).level();
        blockedSince = Math.min(blockedSince, level);
        return false;
    }

    /**
     * Whether the rules let a version stand beside those that are decided. Each two meet here, when
     * the second is about to be decided.
     */
    private boolean mayStandWithOthers(Node node, int state) {
        Pairs pairs = knowledge.pairs().orElse(null);
        if (pairs == null || node.base() != node) {
            return true;
        }
        boolean possible = true;
        for (Node other : clauses.nodes()) {
            if (other.base() == other && other != node && solution.decisionLevel(other) > 0) {
                int its = solution.states(other).next(0);
                Incompatibility fact = pairs.fact(node, state, other, its).orElse(null);
                if (fact != null) {
                    deduction.learn(fact);
                    var theirs = new Term(other, fact.statesOf(other));
                    blockedSince = Math.min(blockedSince, solution.satisfier(theirs).level());
                    possible = false;
                }
            }
        }
        return possible;
    }

    private Map<Node, Integer> decided() {
        var decided = new LinkedHashMap<Node, Integer>();
        for (Node node : clauses.nodes()) {
            if (solution.decisionLevel(node) > 0) {
                decided.put(node, solution.states(node).next(0));
            }
        }
        return decided;
    }
}
