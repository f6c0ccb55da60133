package dev.blast.rules.verdict;

import dev.blast.rules.vocabulary.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A verdict with its reasons, the most careful of all answers, else the question's default.
 *
 * @param deciding the answers that made the outcome; empty where no rule answers and the default
 *     decides
 * @param overridden allows that lost
 * @param warnings what rides along
 * @param untrusted what a project file that is not trusted would have allowed
 * @param preferences points for and against, in the order of their origins
 * @param bandwidth bytes per second, where a rule limits them
 * @param failure why the evaluation was broken off, which is a deny; null where it was not
 */
public record Judgement(
        Outcome outcome,
        List<Reason> deciding,
        List<Reason> overridden,
        List<Reason> warnings,
        List<Reason> untrusted,
        List<Preference> preferences,
        @Nullable Limit bandwidth,
        @Nullable String failure) {

    public Judgement {
        deciding = List.copyOf(deciding);
        overridden = List.copyOf(overridden);
        warnings = List.copyOf(warnings);
        untrusted = List.copyOf(untrusted);
        preferences = List.copyOf(preferences);
    }

    /** Points for a candidate, or below zero against it. */
    public record Preference(int points, Reason reason) {}

    /** Whether it may be, or go on. */
    public boolean allowed() {
        return outcome == Outcome.ALLOWED || outcome == Outcome.RECORDED;
    }

    /** No rule decided: the question's default did. */
    public boolean byDefault() {
        return deciding.isEmpty() && failure == null;
    }

    public int points() {
        long sum = preferences.stream().mapToLong(Preference::points).sum();
        return Math.clamp(sum, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
