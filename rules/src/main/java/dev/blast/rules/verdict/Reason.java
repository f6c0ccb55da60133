package dev.blast.rules.verdict;

import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;

/**
 * One answer of one rule, as a person reads it.
 *
 * @param origin where the rule begins
 * @param rule its name
 * @param verb the verb that answered: {@code allow}, {@code deny}, {@code readable}
 * @param text the verb's own words, else the rule's {@code @reason}, else empty
 */
public record Reason(Origin origin, String rule, Layer layer, String verb, String text) {
    private static final Origin BLAST = new Origin("Blast itself", 0, 0);

    /** What no rule says, but Blast itself. */
    public static Reason ofBlast(String what, String verb, String why) {
        return new Reason(BLAST, what, Layer.SHIPPED, verb, why);
    }
}
