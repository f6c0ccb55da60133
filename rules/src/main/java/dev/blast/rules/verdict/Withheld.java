package dev.blast.rules.verdict;

import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;

/**
 * What Blast itself takes from every session, after all rules have answered.
 *
 * @param path absolute, without links
 * @param access {@link Access#HIDDEN}: no rule can open it; {@link Access#READABLE}: it is not
 *     written only because a rule lets a folder above be written, and a rule that names it can open
 *     it
 * @param what it is, as a person would call it: {@code Blast's own folders}
 * @param why in a sentence
 */
public record Withheld(Path path, Access access, String what, String why) {
    private static final Origin BLAST = new Origin("Blast itself", 0, 0);

    public Withheld {
        if (access != Access.HIDDEN && access != Access.READABLE) {
            throw new IllegalArgumentException("withheld, but " + access + ": " + path);
        }
    }

    Reason reason() {
        String verb = access == Access.HIDDEN ? "hidden" : "readable";
        return new Reason(BLAST, what, Layer.SHIPPED, verb, why);
    }
}
