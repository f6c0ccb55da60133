package dev.blast.rules.verdict;

import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.source.Layer;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Effect;
import dev.blast.rules.vocabulary.Verb;
import java.util.List;

/**
 * One answer of one rule, with what it was given on.
 *
 * @param frame the facts that the rule matched
 * @param outweighed whether it is a stranger's choice where others choose
 */
public record Answered(
        Rule rule,
        Rule.Branch branch,
        Rule.Action action,
        Answer answer,
        Frame frame,
        boolean outweighed) {

    Verb verb() {
        return action.verb();
    }

    public Layer layer() {
        return rule.layer();
    }

    /** Whether somebody stands behind the file that it is from. */
    boolean isTrusted() {
        return rule.source().file().trusted();
    }

    /** Whether it counts among the answers to its question, by {@link Effect}. */
    boolean countsAmong(List<Answered> answers) {
        return isTrusted()
                || switch (verb().effect()) {
                    case NARROWS -> true;
                    case OPENS -> false;
                    case DEFINES -> answers.stream().noneMatch(Answered::isTrusted);
                    case CHOOSES, WEIGHS -> !outweighed;
                    case PRICES -> true; // Pricing compares
                };
    }

    /** The same where others choose. */
    public Answered outweigh() {
        return new Answered(rule, branch, action, answer, frame, true);
    }

    public Reason reason() {
        return reason("");
    }

    /** With the verb's own words, where it has any. */
    public Reason reason(String words) {
        return new Reason(
                rule.origin(),
                rule.name(),
                rule.layer(),
                verb().name(),
                words.isEmpty() ? rule.reason() : words);
    }
}
