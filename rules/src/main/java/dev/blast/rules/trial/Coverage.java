package dev.blast.rules.trial;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.RuleSummary;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.engine.Effort;
import dev.blast.rules.explain.Explanation.Tried;
import dev.blast.rules.explain.Trial;
import dev.blast.rules.source.Origin;
import dev.blast.rules.trial.TestReport.Gap;
import dev.blast.rules.vocabulary.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which rules fired while cases ran, and which constraints were seen true and false. */
final class Coverage {
    private final Policy policy;

    /** The display paths of the files that have cases. */
    private final Set<String> tested;

    private final Set<Origin> fired = new HashSet<>();
    private final Map<Tried, Set<Boolean>> seen = new HashMap<>();

    Coverage(Policy policy, Set<String> tested) {
        this.policy = policy;
        this.tested = tested;
    }

    int rules() {
        return (int)
                policy.rules().stream()
                        .filter(rule -> tested.contains(rule.origin().file()))
                        .count();
    }

    /** Only that rules fire, which is found out more quickly. */
    void fired(Question question, Context context, List<Object> subjects) {
        try {
            policy.ask(question, context, subjects)
                    .forEach(answered -> fired.add(answered.rule().origin()));
        } catch (Undecided _) {
            // The case itself says so; nothing has fired.
        }
    }

    void saw(Question question, Context context, List<Object> subjects) {
        fired(question, context, subjects);
        List<Object> facts = context.facts(subjects);
        var effort = new Effort();
        for (Rule rule : policy.rules(question)) {
            for (Rule.Branch branch : rule.branches()) {
                saw(rule, branch, context, facts, effort);
            }
        }
    }

    private void saw(
            Rule rule, Rule.Branch branch, Context context, List<Object> facts, Effort effort) {
        try {
            for (Tried tried : Trial.of(rule, branch, context, facts, effort).tried()) {
                seen.computeIfAbsent(key(tried), _ -> new HashSet<>()).add(tried.holds());
            }
        } catch (Undecided _) {
            // What cannot be computed was seen neither true nor false.
        }
    }

    private static Tried key(Tried tried) {
        return new Tried(tried.origin(), tried.constraint(), true, "");
    }

    /** By origin. */
    List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        for (RuleSummary rule : policy.rules()) {
            if (tested.contains(rule.origin().file()) && !fired.contains(rule.origin())) {
                gaps.add(new Gap(rule.origin(), "rule \"" + rule.name() + "\"", Gap.NEVER_FIRED));
            }
        }
        seen.forEach((tried, outcomes) -> {
            if (tested.contains(tried.origin().file()) && outcomes.size() < 2) {
                String missing = outcomes.contains(true) ? "never seen false" : "never seen true";
                gaps.add(new Gap(tried.origin(), tried.constraint(), missing));
            }
        });
        return gaps.stream().sorted(Comparator.comparing(Gap::origin)).toList();
    }
}
