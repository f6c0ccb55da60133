package dev.blast.rules.verdict;

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
    public Withheld {
        if (access != Access.HIDDEN && access != Access.READABLE) {
            throw new IllegalArgumentException("withheld, but " + access + ": " + path);
        }
    }

    Reason reason() {
        return Reason.ofBlast(what, access == Access.HIDDEN ? "hidden" : "readable", why);
    }
}
