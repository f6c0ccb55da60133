package dev.blast.rules.explain;

import dev.blast.rules.Policy;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.explain.Explanation.Change;
import dev.blast.rules.explain.Explanation.Remedy;
import dev.blast.rules.source.Layer;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Collects what would turn a verdict. Each remedy is made and the question asked again; what does
 * not turn it is dropped without a word. They are tried from the narrowest to the widest, and three
 * are enough.
 *
 * <p>What is tried is what a person is then left with, see {@link Remade}.
 */
final class Remedies {
    private static final int ENOUGH = 3;

    /** Rules that are taken out in one remedy. */
    private static final int MOST_OUT = 5;

    private final Policy policy;
    private final String asked;
    private final ProposalTerms terms;
    private final Function<Policy, Settled> ask;
    private final List<Remedy> found = new ArrayList<>();

    /**
     * @param asked the question in words, after which a proposed rule is named
     * @param ask asks the same question of another policy
     */
    Remedies(Policy policy, String asked, ProposalTerms terms, Function<Policy, Settled> ask) {
        this.policy = policy;
        this.asked = asked;
        this.terms = terms;
        this.ask = ask;
    }

    List<Remedy> narrowest() {
        return found.stream().limit(ENOUGH).toList();
    }

    private boolean isEnough() {
        return found.size() >= ENOUGH;
    }

    /** The ways that need no other policy, or only that this one is trusted. */
    void byAsking(List<OtherRequest> others) {
        for (OtherRequest other : others) {
            boolean off =
                    other.rule().layer() == Layer.PROJECT
                            && !other.rule().source().file().trusted();
            boolean enough = offer(List.of(other.change()), other.ask());
            if (!enough && off) {
                offer(List.of(other.change(), trusted(List.of(reason(other.rule())))), other.ask());
            }
        }
    }

    /**
     * The ways that lead through policies, in the order in which they open more. Nothing is offered
     * that is another way and something besides.
     *
     * @param untrusted what a project that is not trusted would have opened here
     * @param proposals rules that might turn it; of each list the first that does is enough
     */
    void throughPolicies(Settled now, List<Reason> untrusted, List<List<Proposal>> proposals) {
        boolean simpler = !untrusted.isEmpty() && offer(List.of(trusted(untrusted)), ask);
        for (List<Proposal> alike : simpler ? List.<List<Proposal>>of() : proposals) {
            for (Proposal proposal : alike) {
                if (added(proposal, List.of())) {
                    simpler = true;
                    break;
                }
            }
        }
        List<Rule> out = inTheWay(now);
        if (!out.isEmpty()) {
            without(out, untrusted, simpler ? List.of() : proposals);
        }
    }

    private void without(List<Rule> out, List<Reason> untrusted, List<List<Proposal>> proposals) {
        boolean ofProject = out.stream().anyMatch(rule -> rule.layer() == Layer.PROJECT);
        List<Change> gone = takenOut(out);
        var andTrusted = new ArrayList<>(gone);
        andTrusted.add(trusted(untrusted));
        if (offer(gone, ask) || ((ofProject || !untrusted.isEmpty()) && offer(andTrusted, ask))) {
            return;
        }
        for (List<Proposal> alike : proposals) {
            for (Proposal proposal : alike) {
                if (added(proposal, out)) {
                    return;
                }
            }
        }
    }

    /** Only rules that the user owns can be taken out: none where others decide as well. */
    private List<Rule> inTheWay(Settled now) {
        var out = new ArrayList<Rule>();
        Settled left = now;
        while (!left.asWanted() && !left.deciding().isEmpty()) {
            for (Answered answered : left.deciding()) {
                Rule rule = answered.rule();
                if (answered.layer() != Layer.USER && answered.layer() != Layer.PROJECT) {
                    return List.of();
                }
                if (!out.contains(rule)) {
                    out.add(rule);
                }
            }
            if (out.size() > MOST_OUT) {
                return List.of();
            }
            Policy without = policy;
            for (Rule rule : out) {
                without = without.without(rule);
            }
            left = ask.apply(without);
            if (left.deciding().stream().allMatch(it -> out.contains(it.rule()))) {
                break;
            }
        }
        return out;
    }

    private boolean added(Proposal proposal, List<Rule> out) {
        String file = terms.file().apply(proposal.file()).orElse(null);
        if (file == null) {
            return false;
        }
        String rule =
                """
                rule %s
                when
                    %s
                then
                    %s
                end
                """
                        .formatted(
                                Quoted.of(nameIn(file)),
                                String.join("\n    ", proposal.conditions()),
                                proposal.statement());
        var changes = new ArrayList<Change>(proposal.before());
        changes.addAll(takenOut(out));
        changes.add(new Change.AddRule(file, rule));
        changes.add(trusted(List.of()));
        return offer(changes, proposal.ask());
    }

    private List<Change> takenOut(List<Rule> out) {
        var changes = new ArrayList<Change>();
        for (int at = 0; at < out.size(); at++) {
            Rule rule = out.get(at);
            boolean last =
                    out.subList(at + 1, out.size()).stream().noneMatch(it -> isBeside(it, rule));
            changes.add(new Change.WithoutRule(reason(rule), last && isAllOfFile(out, rule)));
        }
        return changes;
    }

    private static boolean isBeside(Rule one, Rule other) {
        return one.layer() == other.layer() && one.origin().file().equals(other.origin().file());
    }

    /** No two rules of a file have one name. */
    private String nameIn(String file) {
        String name = asked;
        for (int number = 2; isTaken(name, file); number++) {
            name = "%s (%d)".formatted(asked, number);
        }
        return name;
    }

    private boolean isTaken(String name, String file) {
        return policy.rules().stream()
                .anyMatch(rule ->
                        rule.layer() == Layer.PROJECT
                                && rule.origin().file().equals(file)
                                && rule.name().equals(name));
    }

    private Change.Trust trusted(List<Reason> rules) {
        return new Change.Trust(
                rules,
                policy.rules().stream()
                        .filter(rule -> rule.layer() == Layer.PROJECT && !rule.inForce())
                        .filter(rule ->
                                rules.stream().noneMatch(it -> it.origin().equals(rule.origin())))
                        .map(rule -> new Reason(rule.origin(), rule.name(), rule.layer(), "", ""))
                        .toList());
    }

    private boolean isAllOfFile(List<Rule> out, Rule one) {
        return policy.rules().stream()
                .filter(it -> it.layer() == one.layer())
                .filter(it -> it.origin().file().equals(one.origin().file()))
                .allMatch(it ->
                        out.stream()
                                .anyMatch(gone ->
                                        gone.layer() == it.layer()
                                                && gone.origin().equals(it.origin())));
    }

    private static Reason reason(Rule rule) {
        return new Reason(rule.origin(), rule.name(), rule.layer(), "", rule.reason());
    }

    /** Makes the changes and keeps them where they turn the verdict. */
    private boolean offer(List<Change> changes, Function<Policy, Settled> asking) {
        if (isEnough()) {
            return false;
        }
        Settled becomes = Remade.of(policy, changes).map(asking).orElse(null);
        if (becomes == null || !becomes.asWanted()) {
            return false;
        }
        found.add(new Remedy(changes, becomes.verdict()));
        return true;
    }
}
