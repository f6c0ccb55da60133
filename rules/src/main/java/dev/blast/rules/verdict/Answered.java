package dev.blast.rules.verdict;

import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.source.Layer;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Effect;
import dev.blast.rules.vocabulary.Verb;

/**
 * One answer of one rule, with what it was given on.
 *
 * @param frame the facts that the rule matched
 */
public record Answered(
        Rule rule, Rule.Branch branch, Rule.Action action, Answer answer, Frame frame) {

    Verb verb() {
        return action.verb();
    }

    public Layer layer() {
        return rule.layer();
    }

    /**
     * Whether it may count at all: what opens must come from a file that the user stands behind.
     */
    public boolean counts() {
        return verb().effect() != Effect.OPENS || rule.source().file().mayOpen();
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
