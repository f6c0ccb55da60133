package dev.blast.rules.explain;

import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.explain.Explanation.Change;
import dev.blast.rules.explain.Explanation.Remedy;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects what would turn a verdict. Each remedy is made and the question asked again; what does
 * not turn it is dropped without a word. They are tried from the narrowest to the widest, and three
 * are enough.
 *
 * <p>What is tried is what a person is then left with: a project's file that is changed is trusted
 * no more until {@code blast trust}, and that trusts all files of the project.
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

    boolean isEnough() {
        return found.size() >= ENOUGH;
    }

    void add(Remedy remedy) {
        found.add(remedy);
    }

    /**
     * The ways that lead through policies, in the order in which they open more. Nothing is offered
     * that is another way and something besides.
     *
     * @param untrusted what a project that is not trusted would have opened here
     * @param proposals rules that might turn it; of each list the first that does is enough
     */
    void throughPolicies(Settled now, List<Reason> untrusted, List<List<Proposal>> proposals) {
        boolean simpler =
                !untrusted.isEmpty() && offer(List.of(), trusted(untrusted), null, List.of(), ask);
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
        if (offer(List.of(), null, null, out, ask)
                || ((ofProject || !untrusted.isEmpty())
                        && offer(List.of(), trusted(untrusted), null, out, ask))) {
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
        return offer(
                proposal.before(),
                trusted(List.of()),
                new Change.AddRule(file, rule),
                out,
                proposal.ask());
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

    /** Makes the changes and keeps them where they turn the verdict. */
    private boolean offer(
            List<Change> before,
            Change.@Nullable Trust trust,
            Change.@Nullable AddRule add,
            List<Rule> out,
            Function<Policy, Settled> asking) {
        if (isEnough()) {
            return false;
        }
        Optional<Settled> becomes = made(trust != null, add, out).map(asking);
        if (becomes.isEmpty() || !becomes.get().asWanted()) {
            return false;
        }
        var changes = new ArrayList<Change>(before);
        out.forEach(
                rule -> changes.add(new Change.WithoutRule(reason(rule), isAllOfFile(out, rule))));
        if (add != null) {
            changes.add(add);
        }
        if (trust != null) {
            changes.add(trust);
        }
        found.add(new Remedy(changes, becomes.get().verdict()));
        return true;
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

    /** The policy as it then is; empty where the files could not be loaded. */
    private Optional<Policy> made(boolean trust, Change.@Nullable AddRule add, List<Rule> out) {
        boolean changed =
                add != null || out.stream().anyMatch(rule -> rule.layer() == Layer.PROJECT);
        var files = new ArrayList<PolicyFile>();
        boolean appended = false;
        for (PolicyFile file : policy.sources()) {
            String text = file.text();
            if (add != null
                    && file.layer() == Layer.PROJECT
                    && file.displayPath().equals(add.file())) {
                text = text + "\n" + add.rule();
                appended = true;
            }
            boolean trusted =
                    file.layer() == Layer.PROJECT
                            ? trust || (file.trusted() && !changed)
                            : file.trusted();
            files.add(new PolicyFile(file.layer(), file.displayPath(), text, trusted));
        }
        if (add != null && !appended) {
            files.add(new PolicyFile(Layer.PROJECT, add.file(), add.rule(), trust));
        }
        return switch (Policy.load(files)) {
            case Loading.Refused _ -> Optional.empty();
            case Loading.Loaded(Policy made) -> Optional.of(without(made, out));
        };
    }

    private static Policy without(Policy policy, List<Rule> out) {
        Policy left = policy;
        for (Rule rule : out) {
            for (Rule same : left.rules(rule.question())) {
                if (same.origin().equals(rule.origin()) && same.layer() == rule.layer()) {
                    left = left.without(same);
                }
            }
        }
        return left;
    }
}
