package dev.blast.rules.verdict;

import dev.blast.rules.source.Layer;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.rules.vocabulary.Effect;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The answers to one question, sorted by whether they count: what a file may not say is put aside,
 * and so is what a final rule of the system has closed for the layers below it.
 *
 * @param untrusted what would count if somebody stood behind its file
 * @param closedOut answers of lower layers where a final rule answered in the same aspect, but for
 *     those that narrow
 */
public record Tally(List<Answered> counted, List<Answered> untrusted, List<Answered> closedOut) {

    public static Tally of(List<Answered> answers) {
        Set<Aspect> closed = EnumSet.noneOf(Aspect.class);
        for (Answered answer : answers) {
            if (answer.rule().closes()) {
                closed.add(answer.verb().aspect());
            }
        }
        List<Answered> counted = new ArrayList<>();
        List<Answered> untrusted = new ArrayList<>();
        List<Answered> closedOut = new ArrayList<>();
        for (Answered answer : answers) {
            boolean below = answer.layer().compareTo(Layer.SYSTEM) > 0;
            if (answer.verb().effect() != Effect.NARROWS
                    && below
                    && closed.contains(answer.verb().aspect())) {
                closedOut.add(answer);
            } else if (answer.countsAmong(answers)) {
                counted.add(answer);
            } else {
                untrusted.add(answer);
            }
        }
        return new Tally(List.copyOf(counted), List.copyOf(untrusted), List.copyOf(closedOut));
    }

    public static List<Reason> reasons(List<Answered> answers) {
        List<Reason> reasons = new ArrayList<>(answers.size());
        for (Answered answer : answers) {
            reasons.add(reason(answer));
        }
        return List.copyOf(reasons);
    }

    /** With the words that the verb itself has. */
    public static Reason reason(Answered answered) {
        return answered.reason(answered.answer().why());
    }
}
