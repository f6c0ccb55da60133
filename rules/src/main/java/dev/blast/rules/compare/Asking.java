package dev.blast.rules.compare;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.fact.Strategy;
import dev.blast.rules.question.DefinitionQuestion;
import dev.blast.rules.question.RelaxationQuestion;
import dev.blast.rules.question.SessionQuestion;
import dev.blast.rules.question.StrategyQuestion;
import dev.blast.rules.question.VerdictQuestion;
import dev.blast.rules.trial.CaseDraft;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Judgement.Preference;
import dev.blast.rules.verdict.Price;
import dev.blast.rules.verdict.RankedObjective;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.StrategyChoice;
import dev.blast.rules.vocabulary.AmountText;
import dev.blast.rules.vocabulary.Answer.Resource;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Question;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Asks two policies the same. */
final class Asking {
    private final Question question;
    private final Policy before;
    private final Policy after;

    Asking(Question question, Policy before, Policy after) {
        this.question = question;
        this.before = before;
        this.after = after;
    }

    /**
     * What they answer differently.
     *
     * @throws IllegalArgumentException where there is no such request
     * @throws ArithmeticException where a number of it does not fit
     */
    List<Contrast> contrasts(CaseDraft draft) {
        Context context = draft.context();
        if (question instanceof SessionQuestion) {
            return Sandboxes.contrasts(before, after, context);
        }
        List<Object> subjects = draft.subjects(context.session());
        Stance from = stance(before, context, subjects);
        Stance to = stance(after, context, subjects);
        return from.differsFrom(to) ? List.of(new Contrast(Thing.REQUEST, from, to)) : List.of();
    }

    private Stance stance(Policy policy, Context context, List<Object> subjects) {
        try {
            return switch (question) {
                case VerdictQuestion<?> it ->
                        judged(policy.judge(it.subject(subjects).orElseThrow(), context));
                case StrategyQuestion it ->
                        chosen(it.weigh(policy.ask(it, context, subjects)).orElse(null));
                case RelaxationQuestion it -> priced(it.weigh(policy.ask(it, context, subjects)));
                case DefinitionQuestion it -> {
                    String name = ((Strategy) subjects.getFirst()).name();
                    yield defined(it.weigh(name, policy.ask(it, context, subjects)).objectives());
                }
                default -> throw new IllegalStateException("nobody asks " + question);
            };
        } catch (Undecided e) {
            return Stance.broken(String.valueOf(e.getMessage()));
        }
    }

    private static Stance judged(Judgement it) {
        if (it.failure() != null) {
            return Stance.broken(it.failure());
        }
        var answer = new StringBuilder(it.outcome().word());
        var because = new ArrayList<Reason>(it.deciding());
        if (it.outcome() != Outcome.DENIED && !it.preferences().isEmpty()) {
            answer.append(", %+d points".formatted(it.points()));
            it.preferences().stream().map(Preference::reason).forEach(because::add);
        }
        if (it.allowed() && it.bandwidth() != null) {
            answer.append(", at most ").append(AmountText.of(Resource.IO, it.bandwidth().amount()));
            because.add(it.bandwidth().reason());
        }
        var said = new TreeSet<String>();
        if (!it.allowed()) {
            it.deciding().forEach(reason -> said.add(reason.text()));
        } else if (!it.warnings().isEmpty()) {
            answer.append(", with a warning");
            it.warnings().forEach(reason -> said.add(reason.text()));
            because.addAll(it.warnings());
        }
        return new Stance(answer.toString(), open(it.outcome()), List.copyOf(said), because);
    }

    /** What is held can be lifted by a person, and what is frozen let go on. */
    private static int open(Outcome outcome) {
        return switch (outcome) {
            case ALLOWED, RECORDED -> Stance.EVERYTHING;
            case HELD, FROZEN -> Stance.SOMETHING;
            case DENIED, STOPPED -> Stance.NOTHING;
        };
    }

    private static Stance chosen(@Nullable StrategyChoice choice) {
        return switch (choice) {
            case null -> Stance.of("no rule chooses", Stance.NOTHING, List.of());
            case StrategyChoice.Chosen it ->
                    Stance.of(it.name(), Stance.NOTHING, it.reason().stream().toList());
            case StrategyChoice.Conflict(var rules) ->
                    Stance.of(
                            "rules disagree: "
                                    + String.join(
                                            ", ",
                                            rules.stream()
                                                    .map(StrategyChoice.Named::strategy)
                                                    .toList()),
                            Stance.NOTHING,
                            rules.stream().map(StrategyChoice.Named::reason).toList());
        };
    }

    private static Stance priced(Price price) {
        return switch (price) {
            case Price.Unsaid _ -> Stance.of("no price", Stance.SOMETHING, List.of());
            case Price.Named(int points, var parts) ->
                    Stance.of(
                            "costs " + points,
                            Stance.SOMETHING,
                            parts.stream().map(Price.Part::reason).toList());
            case Price.Forbidden(List<Reason> by, String failure) ->
                    failure == null
                            ? Stance.of("must not be let go", Stance.NOTHING, by)
                            : Stance.broken(failure);
        };
    }

    private static Stance defined(List<RankedObjective> objectives) {
        if (objectives.isEmpty()) {
            return Stance.of("no rule defines it", Stance.NOTHING, List.of());
        }
        var answer = new ArrayList<String>();
        var because = new ArrayList<Reason>();
        for (RankedObjective it : objectives) {
            answer.add(
                    "%d %s%s"
                            .formatted(
                                    it.place(),
                                    it.objective().word(),
                                    it.weight().compareTo(BigDecimal.ONE) == 0
                                            ? ""
                                            : " × " + it.weight().toPlainString()));
            if (!because.contains(it.reason())) {
                because.add(it.reason());
            }
        }
        return Stance.of(String.join(", ", answer), Stance.NOTHING, because);
    }
}
