package dev.blast.solver;

import dev.blast.packaging.PackageName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a {@link Proof}.
 *
 * @param number from 1
 * @param about the package that it speaks of first
 * @param other the package that the first one needs; null where there is none
 * @param text the sentence
 * @param source who says so: file and line, the command line, a rule, or the versions whose
 *     metadata do; empty where the text says it
 * @param from the numbers of the statements that it follows from; empty for facts
 */
public record Statement(
        int number,
        Kind kind,
        PackageName about,
        @Nullable PackageName other,
        String text,
        String source,
        List<Integer> from) {

    /** What kind of sentence it is. */
    public enum Kind {
        /** A person asks for it. */
        ASKED,
        /** Metadata say so. */
        NEEDS,
        /** Files or metadata cannot be used here. */
        UNUSABLE,
        /** A rule says so. */
        RULED,
        /** It follows from other statements. */
        FOLLOWS
    }

    public Statement {
        from = List.copyOf(from);
    }
}
