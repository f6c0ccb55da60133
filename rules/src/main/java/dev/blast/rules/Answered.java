package dev.blast.rules;

/**
 * One answer of one rule, with what it was given on.
 *
 * @param frame the facts that the rule matched
 */
record Answered(Rule rule, Rule.Branch branch, Rule.Action action, Answer answer, Frame frame) {

    Verb verb() {
        return action.verb();
    }

    Layer layer() {
        return rule.layer();
    }

    /**
     * Whether it may count at all: what opens must come from a file that the user stands behind.
     */
    boolean counts() {
        return verb().effect() != Effect.OPENS || rule.source().file().mayOpen();
    }

    Reason reason() {
        return reason("");
    }

    /** With the verb's own words, where it has any. */
    Reason reason(String words) {
        return new Reason(
                rule.origin(),
                rule.name(),
                rule.layer(),
                verb().name(),
                words.isEmpty() ? rule.reason() : words);
    }
}
