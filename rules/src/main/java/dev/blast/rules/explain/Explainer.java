package dev.blast.rules.explain;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.engine.Effort;
import dev.blast.rules.explain.Explanation.Because;
import dev.blast.rules.explain.Explanation.NearMiss;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.question.Questions;
import dev.blast.rules.question.VerdictQuestion;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Tally;
import dev.blast.rules.verdict.Weighed;
import dev.blast.rules.vocabulary.Effect;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Answers a question that wants a verdict, together with why and with what would turn it. */
final class Explainer {
    /** Near misses beyond these help nobody. */
    static final int MAX_NEAR_MISSES = 3;

    private final Policy policy;
    private final Context context;

    Explainer(Policy policy, Context context) {
        this.policy = policy;
        this.context = context;
    }

    <S extends Judged> Explanation explain(S subject) {
        VerdictQuestion<S> question = Questions.about(subject);
        String asked = question.asked(subject);
        Weighed weighed = policy.decide(subject, context);
        Judgement judgement = weighed.judgement();
        if (judgement.failure() != null) {
            return new Explanation(
                    asked, policy.revision(), judgement, List.of(), List.of(), List.of());
        }
        List<Trial> near =
                judgement.allowed()
                        ? List.of()
                        : nearMisses(policy, context, question, question.facts(subject)).stream()
                                .filter(trial -> trial.tried().size() > 1)
                                .toList();
        var changes =
                new Changes(
                        policy, judgement.outcome(), it -> it.judge(subject, context).outcome());
        if (!judgement.allowed()) {
            changes.otherFacts(
                    near,
                    weighed.deciding(),
                    question,
                    subject,
                    it -> policy.judge(it, context).outcome());
            changes.trust(judgement.untrusted());
            question.condition(subject)
                    .map(it -> Changes.rule(asked, it, question.allowing()))
                    .ifPresent(rule -> changes.addRule(question.file(), rule));
            changes.withoutRules(weighed.deciding());
        }
        return new Explanation(
                asked,
                policy.revision(),
                judgement,
                because(weighed.deciding()),
                shown(near),
                changes.narrowest());
    }

    /**
     * Rules that would open and fail in exactly one place, the ones with most constraints that hold
     * first.
     */
    static List<Trial> nearMisses(
            Policy policy, Context context, Question question, List<Object> subjects) {
        List<Object> facts = context.facts(subjects);
        List<Trial> near = new ArrayList<>();
        var effort = new Effort();
        for (Rule rule : policy.rules(question)) {
            if (rule.has(Effect.OPENS)) {
                nearMiss(rule, context, facts, effort).ifPresent(near::add);
            }
        }
        near.sort(
                Comparator.<Trial>comparingInt(trial -> -trial.tried().size())
                        .thenComparing(trial -> trial.rule().origin()));
        return near;
    }

    /** Empty too where a test cannot be computed: the engine, which stops earlier, need not. */
    private static Optional<Trial> nearMiss(
            Rule rule, Context context, List<Object> facts, Effort effort) {
        try {
            return rule.branches().stream()
                    .map(branch -> Trial.of(rule, branch, context, facts, effort))
                    .filter(trial -> trial.failed().size() == 1)
                    .findFirst();
        } catch (Undecided _) {
            return Optional.empty();
        }
    }

    static List<NearMiss> shown(List<Trial> near) {
        return near.stream()
                .limit(MAX_NEAR_MISSES)
                .map(it ->
                        new NearMiss(
                                it.rule().origin(),
                                it.rule().name(),
                                it.rule().layer(),
                                it.tried()))
                .toList();
    }

    static List<Because> because(List<Answered> deciding) {
        return deciding.stream().map(it -> new Because(Tally.reason(it), matched(it))).toList();
    }

    /** What the rule looked at, in the facts that it matched. */
    private static Map<String, String> matched(Answered answered) {
        Map<String, String> matched = new TreeMap<>();
        for (Element element : answered.branch().elements()) {
            if (element instanceof Element.Match match) {
                for (Rule.FieldOf it : answered.rule().looksAt().keySet()) {
                    if (it.fact().equals(match.fact())) {
                        Object fact = answered.frame().fact(match.slot());
                        matched.put(
                                it.fact().name() + "." + it.field().name(),
                                Type.show(it.field().read(fact)));
                    }
                }
            }
        }
        return matched;
    }
}
