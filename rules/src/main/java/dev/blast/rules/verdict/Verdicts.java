package dev.blast.rules.verdict;

import dev.blast.rules.checked.Undecided;
import dev.blast.rules.verdict.Judgement.Preference;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weighs the answers to a question that wants a verdict: deny, else hold, else allow; of what
 * follows a violation stop, else freeze; else the question's default.
 */
public final class Verdicts {
    private Verdicts() {}

    /** The judgement that these answers make, and which of them decided it. */
    public static Weighed weigh(Outcome byDefault, List<Answered> answers) {
        return weigh(byDefault, answers, List.of(), null);
    }

    /**
     * The same where an allow counts only if it means what is asked about.
     *
     * @param ofOrdinary answers about something that nobody need mean: an allow among them does not
     *     count
     * @param unmeant why not; null where that is not looked at
     */
    public static Weighed weigh(
            Outcome byDefault,
            List<Answered> answers,
            List<Answered> ofOrdinary,
            @Nullable Reason unmeant) {
        Tally tally = Tally.of(answers);
        List<Answered> allows = new ArrayList<>();
        List<Answered> passedOver = new ArrayList<>();
        List<Answered> holds = new ArrayList<>();
        List<Answered> denies = new ArrayList<>();
        List<Answered> stops = new ArrayList<>();
        List<Answered> freezes = new ArrayList<>();
        List<Answered> warnings = new ArrayList<>();
        List<Preference> preferences = new ArrayList<>();
        @Nullable Limit bandwidth = null;
        for (Answered answered : tally.counted()) {
            if (!(answered.answer() instanceof Answer.Verdict verdict)) {
                throw new IllegalStateException(answered.verb().name() + " gives no verdict");
            }
            switch (verdict) {
                case Answer.Allow _ -> {
                    if (unmeant != null && isAmong(ofOrdinary, answered)) {
                        passedOver.add(answered);
                    } else {
                        allows.add(answered);
                    }
                }
                case Answer.Deny _ -> denies.add(answered);
                case Answer.Hold _ -> holds.add(answered);
                case Answer.Stop _ -> stops.add(answered);
                case Answer.Freeze _ -> freezes.add(answered);
                case Answer.Warn _ -> warnings.add(answered);
                case Answer.Points(int points) ->
                        preferences.add(new Preference(points, answered.reason()));
                case Answer.Bandwidth(long rate) -> {
                    if (bandwidth == null || rate < bandwidth.amount()) {
                        bandwidth = new Limit(rate, answered.reason());
                    }
                }
            }
        }
        List<Answered> overridden = new ArrayList<>(tally.closedOut());
        overridden.addAll(passedOver);
        boolean onlyPassedOver = allows.isEmpty() && !passedOver.isEmpty();
        Outcome outcome;
        List<Answered> deciding;
        if (!denies.isEmpty()) {
            outcome = Outcome.DENIED;
            deciding = denies;
            overridden.addAll(holds);
            overridden.addAll(allows);
        } else if (!holds.isEmpty()) {
            outcome = Outcome.HELD;
            deciding = holds;
            overridden.addAll(allows);
        } else if (!stops.isEmpty()) {
            outcome = Outcome.STOPPED;
            deciding = stops;
            overridden.addAll(freezes);
        } else if (!freezes.isEmpty()) {
            outcome = Outcome.FROZEN;
            deciding = freezes;
        } else {
            outcome = allows.isEmpty() ? byDefault : Outcome.ALLOWED;
            deciding = allows;
        }
        List<Reason> reasons =
                deciding.isEmpty() && onlyPassedOver && unmeant != null
                        ? List.of(unmeant)
                        : Tally.reasons(deciding);
        var judgement =
                new Judgement(
                        outcome,
                        reasons,
                        Tally.reasons(overridden),
                        Tally.reasons(warnings),
                        Tally.reasons(tally.untrusted()),
                        preferences,
                        bandwidth,
                        null);
        return new Weighed(judgement, List.copyOf(deciding));
    }

    private static boolean isAmong(List<Answered> answers, Answered one) {
        return answers.stream().anyMatch(it -> it.rule().equals(one.rule()));
    }

    /**
     * An evaluation that was broken off never allows.
     *
     * @param outcome the most careful one of its question
     */
    public static Weighed failed(Outcome outcome, Undecided why) {
        var judgement =
                new Judgement(
                        outcome,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        why.getMessage());
        return new Weighed(judgement, List.of());
    }
}
