package dev.blast.rules.explain;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.engine.Effort;
import dev.blast.rules.explain.Explanation.Because;
import dev.blast.rules.explain.Explanation.NearMiss;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Tally;
import dev.blast.rules.vocabulary.Effect;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Quoted;
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

    Explanation connection(Connection connection) {
        Optional<String> rule =
                Quoted.literal(connection.host())
                        .map(host ->
                                "Connection( host == %s, port == %d )"
                                        .formatted(host, connection.port()));
        return explain(
                "connect " + Quoted.plain(where(connection.host())) + ":" + connection.port(),
                Question.CONNECTION,
                connection,
                "network",
                rule);
    }

    /** As it stands before a port. */
    private static String where(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    Explanation candidate(Candidate candidate) {
        return explain(
                "package " + candidate.name() + "==" + candidate.version(),
                Question.CANDIDATE,
                candidate,
                "packages",
                Optional.of(
                        "Candidate( name == \"%s\", version == \"%s\" )"
                                .formatted(candidate.name(), candidate.version())));
    }

    private Explanation explain(
            String asked,
            Question question,
            Object subject,
            String file,
            Optional<String> condition) {
        Judgement judgement = policy.judge(question, context, subject);
        if (judgement.failure() != null) {
            return new Explanation(
                    asked, policy.revision(), judgement, List.of(), List.of(), List.of());
        }
        List<Answered> answers = policy.ask(question, context, subject);
        List<Answered> deciding =
                answers.stream()
                        .filter(it -> judgement.deciding().contains(Tally.reason(it)))
                        .toList();
        List<Trial> near =
                judgement.allowed()
                        ? List.of()
                        : nearMisses(policy, context, question, List.of(subject)).stream()
                                .filter(trial -> trial.tried().size() > 1)
                                .toList();
        var changes =
                new Changes<>(
                        policy,
                        judgement.outcome(),
                        it -> it.judge(question, context, subject).outcome());
        if (!judgement.allowed()) {
            changes.otherFacts(
                    near, deciding, subject, it -> policy.judge(question, context, it).outcome());
            changes.trust(judgement.untrusted());
            condition.ifPresent(it -> changes.addRule(file, Changes.rule(asked, it, "allow();")));
            changes.withoutRules(deciding);
        }
        return new Explanation(
                asked,
                policy.revision(),
                judgement,
                because(deciding),
                shown(near),
                changes.narrowest());
    }

    /**
     * Rules that would open and fail in exactly one place, the ones with most constraints that hold
     * first.
     */
    static List<Trial> nearMisses(
            Policy policy, Context context, Question question, List<Object> subjects) {
        List<Object> facts = new ArrayList<>(subjects);
        facts.add(context.session());
        facts.addAll(context.installed());
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
