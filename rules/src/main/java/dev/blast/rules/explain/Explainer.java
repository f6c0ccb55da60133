package dev.blast.rules.explain;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.engine.Effort;
import dev.blast.rules.explain.Explanation.Because;
import dev.blast.rules.explain.Explanation.NearMiss;
import dev.blast.rules.explain.ProposalTerms.Kept;
import dev.blast.rules.fact.Connection;
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
record Explainer(Policy policy, Context context, ProposalTerms terms) {
    /** Near misses beyond these help nobody. */
    static final int MAX_NEAR_MISSES = 3;

    <S extends Judged> Explanation explain(S subject) {
        VerdictQuestion<S> question = Questions.about(subject);
        String asked = question.asked(subject);
        Weighed weighed = policy.decide(subject, context);
        Judgement judgement = weighed.judgement();
        List<TracedRule> trace = Traces.of(policy, context, question, question.facts(subject));
        List<Trial> near =
                judgement.allowed() || judgement.failure() != null
                        ? List.of()
                        : nearMisses(policy, context, question, question.facts(subject)).stream()
                                .filter(trial -> trial.tried().size() > 1)
                                .toList();
        var remedies = new Remedies(policy, asked, terms, it -> settled(it, subject, context));
        if (!judgement.allowed() && judgement.failure() == null) {
            remedies.byAsking(otherRequests(question, subject).of(near, weighed.deciding()));
            remedies.throughPolicies(
                    settled(policy, subject, context),
                    judgement.untrusted(),
                    proposals(question, subject));
        }
        List<Explanation.Remedy> narrowest = remedies.narrowest();
        return new Explanation(
                asked,
                policy.revision(),
                judgement.outcome().name(),
                judgement,
                because(weighed),
                shown(near),
                narrowest,
                judgement.allowed() || !narrowest.isEmpty() ? "" : Obstacles.to(judgement),
                trace,
                Traces.facts(policy, context, question, question.facts(subject), trace));
    }

    /** Blast's own reason, where no rule's answer decided. */
    private static List<Because> because(Weighed weighed) {
        return weighed.deciding().isEmpty()
                ? weighed.judgement().deciding().stream()
                        .map(reason -> new Because(reason, Map.of()))
                        .toList()
                : because(weighed.deciding());
    }

    private static Settled settled(Policy policy, Judged subject, Context context) {
        Weighed weighed = policy.decide(subject, context);
        return new Settled(
                weighed.judgement().outcome().name(),
                weighed.judgement().allowed(),
                weighed.deciding());
    }

    /** Only what connects is a program that could be another one. */
    private <S extends Judged> OtherRequests otherRequests(VerdictQuestion<S> question, S subject) {
        boolean ofCommand = subject instanceof Connection && !terms.keeps().contains(Kept.COMMAND);
        Class<?> record = subject.getClass();
        return new OtherRequests(
                context,
                subject,
                ofCommand,
                new OtherRequests.Asking() {
                    @Override
                    public Settled of(Policy asked, Object other, Context otherwise) {
                        return settled(asked, (Judged) other, otherwise);
                    }

                    @Override
                    @SuppressWarnings("unchecked") // it is the subject
                    public Object with(Object it, String field, Object value) {
                        return question.with((S) record.cast(it), field, value);
                    }
                });
    }

    private <S extends Judged> List<List<Proposal>> proposals(
            VerdictQuestion<S> question, S subject) {
        String condition = question.condition(subject).orElse(null);
        String session = terms.pattern(context.session()).orElse(null);
        if (condition == null || session == null) {
            return List.of();
        }
        return List.of(
                List.of(
                        new Proposal(
                                List.of(),
                                question.file(),
                                terms.keeps().isEmpty()
                                        ? List.of(condition)
                                        : List.of(session, condition),
                                question.allowing(),
                                it -> settled(it, subject, context))));
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
