package dev.blast.rules.explain;

import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.explain.Explanation.Change;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.question.VerdictQuestion;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.Tally;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects changes that would turn a verdict. Each one is made and the question asked again; what
 * does not turn it is dropped without a word. They are tried from the narrowest to the widest, and
 * three are enough.
 */
final class Changes {
    private static final int ENOUGH = 3;

    private final Policy policy;
    private final Outcome now;
    private final Function<Policy, Outcome> ask;
    private final List<Change> found = new ArrayList<>();

    /**
     * @param ask asks the same question of another policy
     */
    Changes(Policy policy, Outcome now, Function<Policy, Outcome> ask) {
        this.policy = policy;
        this.now = now;
        this.ask = ask;
    }

    List<Change> narrowest() {
        return found.stream().limit(ENOUGH).toList();
    }

    /**
     * A field of the subject with another value: what a near miss lacks, or what keeps a deciding
     * rule from matching.
     */
    <S extends Judged> void otherFacts(
            List<Trial> near,
            List<Answered> deciding,
            VerdictQuestion<S> question,
            S subject,
            Function<S, Outcome> askAbout) {
        for (Trial trial : near) {
            if (trial.failed().getFirst().test() instanceof Check.Comparison it) {
                otherFact(trial.rule(), it, true, trial.frame(), question, subject, askAbout);
            }
        }
        for (Answered answered : deciding) {
            for (Element element : answered.branch().elements()) {
                if (element instanceof Element.Match match) {
                    for (Check test : match.tests()) {
                        if (test instanceof Check.Comparison it) {
                            otherFact(
                                    answered.rule(),
                                    it,
                                    false,
                                    answered.frame(),
                                    question,
                                    subject,
                                    askAbout);
                        }
                    }
                }
            }
        }
    }

    private <S extends Judged> void otherFact(
            Rule rule,
            Check.Comparison test,
            boolean holds,
            Frame frame,
            VerdictQuestion<S> question,
            S subject,
            Function<S, Outcome> askAbout) {
        Object value = Substitute.making(test, holds, frame).orElse(null);
        if (value == null
                || found.size() >= ENOUGH
                || !frame.fact(test.field().slot()).equals(subject)) {
            return;
        }
        Field field = test.field().field();
        @Nullable S changed = changed(question, subject, field.name(), value);
        if (changed != null) {
            Outcome becomes = askAbout.apply(changed);
            if (turns(becomes)) {
                found.add(
                        new Change.OtherFact(
                                test.field().fact().name() + "." + field.name(),
                                Type.show(field.read(subject)),
                                Type.show(field.read(changed)),
                                rule.origin(),
                                becomes));
            }
        }
    }

    /** Null where there is no such subject, as with a port above 65535. */
    private static <S extends Judged> @Nullable S changed(
            VerdictQuestion<S> question, S subject, String field, Object value) {
        try {
            return question.with(subject, field, value);
        } catch (IllegalArgumentException | ArithmeticException _) {
            return null;
        }
    }

    void trust(List<Reason> untrusted) {
        if (!untrusted.isEmpty() && found.size() < ENOUGH) {
            List<PolicyFile> trusted =
                    policy.sources().stream()
                            .map(file ->
                                    new PolicyFile(
                                            file.layer(), file.displayPath(), file.text(), true))
                            .toList();
            Outcome becomes = asked(trusted);
            if (turns(becomes)) {
                found.add(new Change.Trust(untrusted, becomes));
            }
        }
    }

    /** A rule named after what was asked. */
    static String rule(String asked, String condition, String statement) {
        return """
        rule %s
        when
            %s
        then
            %s
        end
        """
                .formatted(Quoted.of(asked), condition, statement);
    }

    /**
     * @param name of the project's policy file, without folder and ending
     */
    void addRule(String name, String rule) {
        String file = "policies/" + name + ".drl";
        if (found.size() < ENOUGH) {
            List<PolicyFile> more = new ArrayList<>(policy.sources());
            more.add(new PolicyFile(Layer.PROJECT, file + " (proposed)", rule, true));
            Outcome becomes = asked(more);
            if (turns(becomes)) {
                found.add(new Change.AddRule(file, rule, becomes));
            }
        }
    }

    /** Only rules that the user owns can be taken out. */
    void withoutRules(List<Answered> deciding) {
        for (Answered answered : deciding) {
            boolean own = answered.layer() == Layer.USER || answered.layer() == Layer.PROJECT;
            if (own && found.size() < ENOUGH) {
                Outcome becomes = ask.apply(policy.without(answered.rule()));
                if (turns(becomes)) {
                    found.add(new Change.WithoutRule(Tally.reason(answered), becomes));
                }
            }
        }
    }

    private Outcome asked(List<PolicyFile> files) {
        return switch (Policy.load(files)) {
            case Loading.Loaded(Policy changed) -> ask.apply(changed);
            case Loading.Refused _ -> now;
        };
    }

    private boolean turns(Outcome becomes) {
        return becomes == Outcome.ALLOWED && becomes != now;
    }
}
