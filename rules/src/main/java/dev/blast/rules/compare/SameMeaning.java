package dev.blast.rules.compare;

import dev.blast.rules.Policy;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.trial.CaseDraft;
import dev.blast.rules.trial.Sameness;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether it can be proved that an edit of rules changes no answer. */
final class SameMeaning {
    /** Pairs of rules that are held against each other. */
    private static final int MAX_PAIRS = 40;

    private final Policy before;
    private final Policy after;

    SameMeaning(Policy before, Policy after) {
        this.before = before;
        this.after = after;
    }

    /** Each rule that is gone has a rule in its place that says the same of everything. */
    boolean byPairs(List<Rule> gone, List<Rule> come) {
        if (gone.size() != come.size() || gone.size() * come.size() > MAX_PAIRS) {
            return false;
        }
        var left = new ArrayList<Rule>(come);
        for (Rule rule : gone) {
            Optional<Rule> same =
                    Stream.concat(
                                    left.stream().filter(it -> it.name().equals(rule.name())),
                                    left.stream().filter(it -> !it.name().equals(rule.name())))
                            .filter(it -> isSame(rule, it))
                            .findFirst();
            if (same.isEmpty()) {
                return false;
            }
            left.remove(same.get());
        }
        return true;
    }

    private boolean isSame(Rule one, Rule other) {
        return Atoms.standing(before, one).equals(Atoms.standing(after, other))
                && rank(one).equals(rank(other))
                && Sameness.isProved(one, other);
    }

    /** A rule that looks at a name stands before one that does not. */
    private static List<Boolean> rank(Rule rule) {
        return Stream.of("name", "group").map(field -> looksAt(rule, field)).toList();
    }

    private static boolean looksAt(Rule rule, String field) {
        FactType type = Facts.REQUIREMENT;
        return rule.looksAt().keySet().stream()
                .anyMatch(it -> it.fact().equals(type) && it.field().name().equals(field));
    }

    /**
     * Each kind of request is answered alike.
     *
     * @param rules all that answer the question, before and after
     */
    static boolean byAsking(Question question, Asking asking, List<Rule> rules) {
        return Sameness.everything(question, rules)
                .map(drafts -> drafts.stream().allMatch(it -> isSame(asking, it)))
                .orElse(false);
    }

    /** Where there is no such request, nobody makes it. */
    private static boolean isSame(Asking asking, CaseDraft draft) {
        try {
            return asking.contrasts(draft).isEmpty();
        } catch (IllegalArgumentException | ArithmeticException _) {
            return true;
        }
    }
}
