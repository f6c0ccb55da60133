package dev.blast.rules.compare;

import dev.blast.rules.Policy;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Value;
import dev.blast.rules.trial.Sameness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Rules as what each of their statements says and when, one by one: rules with the same atoms mean
 * the same, whatever they are called, wherever they stand and however they are laid out.
 */
final class Atoms {
    private final Policy policy;
    private final Map<String, Integer> counts = new HashMap<>();

    /**
     * @param policy that the rules are part of
     */
    Atoms(Policy policy, List<Rule> rules) {
        this.policy = policy;
        for (Rule rule : rules) {
            of(policy, rule).forEach(it -> counts.merge(it, 1, Integer::sum));
        }
    }

    /** Of one rule, one for each statement of each of its ways. */
    static List<String> of(Policy policy, Rule rule) {
        var atoms = new ArrayList<String>();
        for (Rule.Branch branch : rule.branches()) {
            var when = new TreeSet<String>();
            branch.elements().forEach(it -> when.add(Sameness.shape(it)));
            for (Rule.Action action : branch.actions()) {
                for (List<Value> said : statements(action)) {
                    atoms.add(
                            "%s %s%s %s"
                                    .formatted(
                                            standing(policy, rule),
                                            action.verb().name(),
                                            said,
                                            when));
                }
            }
        }
        return atoms;
    }

    /** A verb that takes several values says each by itself. */
    private static List<List<Value>> statements(Rule.Action action) {
        boolean isEach =
                action.verb().at(action.verb().parameters().size()) != null
                        && action.verb().parameters().size() == 1;
        return isEach
                ? action.arguments().stream().map(List::of).toList()
                : List.of(action.arguments());
    }

    /** What it counts for, and the words that it gives people. */
    static String standing(Policy policy, Rule rule) {
        return "%s %s %s %s %s \"%s\""
                .formatted(
                        rule.question(),
                        rule.layer(),
                        rule.source().file().trusted(),
                        policy.isInForce(rule),
                        rule.closes(),
                        rule.reason());
    }

    /** Of these rules those with a statement that the others have not, or not as often. */
    List<Rule> without(Atoms others, List<Rule> rules) {
        return rules.stream()
                .filter(rule ->
                        of(policy, rule).stream().anyMatch(it -> count(it) > others.count(it)))
                .toList();
    }

    private int count(String atom) {
        return counts.getOrDefault(atom, 0);
    }
}
