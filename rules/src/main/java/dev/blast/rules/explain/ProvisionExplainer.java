package dev.blast.rules.explain;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.explain.Explanation.Remedy;
import dev.blast.rules.explain.ProposalTerms.Kept;
import dev.blast.rules.question.Questions;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.Tally;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.rules.vocabulary.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Explains what is ruled about one thing of a session: by which rules, which others would have
 * opened it, and what would turn it.
 */
record ProvisionExplainer(Policy policy, Context context, ProposalTerms terms) {

    /**
     * What is asked of a sandbox, and what might turn it.
     *
     * @param aspect of which it is a part
     * @param concerning which answers speak about it
     * @param opening which of them would turn it
     * @param ask what comes of it where that much is provided
     * @param statements what a rule might say; of each list the first that turns it is enough
     * @param obstacle why no rule at all can turn it; null where one might
     */
    record Inquest(
            String asked,
            Aspect aspect,
            Predicate<Answer> concerning,
            Predicate<Answer> opening,
            Function<SandboxPolicy, Found> ask,
            List<List<Statement>> statements,
            @Nullable String obstacle) {}

    /**
     * @param because who says so; empty where nobody does
     */
    record Found(String verdict, boolean asWanted, boolean allowed, List<Reason> because) {}

    /**
     * @param before what has to be done first
     * @param file the kind of file that it goes into
     * @param ask what comes of the question once all of it is done
     */
    record Statement(
            List<Explanation.Change> before,
            String file,
            String text,
            Function<SandboxPolicy, Found> ask) {}

    Explanation explain(Inquest inquest) throws PolicyException {
        List<Answered> answers = policy.answers(Questions.SESSION, context, List.of());
        Found found = inquest.ask().apply(context.inForce(Questions.SESSION.weigh(answers)));
        Tally tally = Tally.of(answers);
        List<Reason> untrusted = reasons(tally.untrusted(), inquest.opening());
        List<Reason> closedOut = reasons(tally.closedOut(), inquest.opening());
        List<Reason> deciding = found.because();
        List<Answered> decidingAnswers = firstOfEach(deciding, answers, inquest);
        var judgement =
                new Judgement(
                        found.allowed() ? Outcome.ALLOWED : Outcome.DENIED,
                        deciding,
                        closedOut,
                        List.of(),
                        untrusted,
                        List.of(),
                        null,
                        null);
        List<Trial> near = found.asWanted() || found.allowed() ? List.of() : nearMisses(inquest);
        List<Remedy> remedies =
                found.asWanted() || inquest.obstacle() != null
                        ? List.of()
                        : remedies(inquest, found, near, untrusted);
        List<TracedRule> trace =
                Traces.of(
                        policy, context, Questions.SESSION, inquest.aspect(), inquest.concerning());
        return new Explanation(
                inquest.asked(),
                policy.revision(),
                found.verdict(),
                judgement,
                because(decidingAnswers, deciding),
                Explainer.shown(near),
                remedies,
                found.asWanted() || !remedies.isEmpty()
                        ? ""
                        : inquest.obstacle() == null ? Obstacles.to(judgement) : inquest.obstacle(),
                trace,
                Traces.facts(policy, context, Questions.SESSION, List.of(), trace));
    }

    private static List<Reason> reasons(List<Answered> answers, Predicate<Answer> which) {
        return answers.stream()
                .filter(it -> which.test(it.answer()))
                .map(Answered::reason)
                .distinct()
                .toList();
    }

    private List<Remedy> remedies(
            Inquest inquest, Found found, List<Trial> near, List<Reason> untrusted) {
        Function<Policy, Settled> ask = it -> settled(it, context, inquest.ask(), inquest);
        var remedies = new Remedies(policy, inquest.asked(), terms, ask);
        boolean ofCommand = !terms.keeps().contains(Kept.COMMAND);
        var others =
                new OtherRequests(
                        context,
                        context.session(),
                        ofCommand,
                        (asked, _, other) -> settled(asked, other, inquest.ask(), inquest));
        remedies.byAsking(others.of(near, List.of()));
        remedies.throughPolicies(
                settled(policy, context, _ -> found, inquest), untrusted, proposals(inquest));
        return remedies.narrowest();
    }

    private List<List<Proposal>> proposals(Inquest inquest) {
        String session = terms.pattern(context.session()).orElse(null);
        var proposals = new ArrayList<List<Proposal>>();
        for (List<Statement> alike : inquest.statements()) {
            if (session != null) {
                proposals.add(
                        alike.stream()
                                .map(it ->
                                        new Proposal(
                                                it.before(),
                                                it.file(),
                                                List.of(session),
                                                it.text(),
                                                policy ->
                                                        settled(
                                                                policy, context, it.ask(),
                                                                inquest)))
                                .toList());
            }
        }
        return proposals;
    }

    /** What cannot be weighed is not as wanted. */
    private static Settled settled(
            Policy changed, Context context, Function<SandboxPolicy, Found> ask, Inquest inquest) {
        try {
            List<Answered> answers = changed.answers(Questions.SESSION, context, List.of());
            Found found = ask.apply(context.inForce(Questions.SESSION.weigh(answers)));
            return new Settled(
                    found.verdict(),
                    found.asWanted(),
                    firstOfEach(found.because(), answers, inquest));
        } catch (PolicyException _) {
            return new Settled("", false, List.of());
        }
    }

    /** Where no rule has decided but Blast itself, that stands alone. */
    private static List<Explanation.Because> because(
            List<Answered> answers, List<Reason> deciding) {
        return answers.isEmpty()
                ? deciding.stream().map(it -> new Explanation.Because(it, Map.of())).toList()
                : Explainer.because(answers);
    }

    /** A rule that answers more than once has one reason. */
    private static List<Answered> firstOfEach(
            List<Reason> deciding, List<Answered> answers, Inquest inquest) {
        return deciding.stream()
                .flatMap(reason ->
                        answers.stream()
                                .filter(it -> it.reason().equals(reason))
                                .filter(it -> inquest.concerning().test(it.answer()))
                                .limit(1))
                .toList();
    }

    /** Rules that would open it and fail in one place. */
    private List<Trial> nearMisses(Inquest inquest) {
        List<Trial> near = new ArrayList<>();
        for (Trial trial : Explainer.nearMisses(policy, context, Questions.SESSION, List.of())) {
            boolean relevant =
                    trial.branch().actions().stream()
                            .flatMap(action -> Traces.answers(trial, action).stream())
                            .anyMatch(inquest.opening());
            if (relevant) {
                near.add(trial);
            }
        }
        return near;
    }
}
