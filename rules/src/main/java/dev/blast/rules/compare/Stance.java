package dev.blast.rules.compare;

import dev.blast.rules.verdict.Reason;
import java.util.List;

/**
 * What one policy says to one request.
 *
 * @param answer in words: {@code denied}, {@code at most 2 GiB}
 * @param may what is open, a bit each
 * @param said the words that people are given with it; none with what is simply allowed
 * @param because the rules that it comes from; none where none decides
 */
public record Stance(String answer, int may, List<String> said, List<Reason> because) {
    static final int NOTHING = 0;
    static final int SOMETHING = 1;

    /** As {@link #SOMETHING}, and more. */
    static final int EVERYTHING = 3;

    public Stance {
        said = List.copyOf(said);
        because = List.copyOf(because);
    }

    /** Of what says nothing besides. */
    static Stance of(String answer, int may, List<Reason> because) {
        return new Stance(answer, may, List.of(), because);
    }

    /** Of a policy that gives no answer. */
    static Stance broken(String why) {
        return of("no answer: " + why, NOTHING, List.of());
    }

    boolean differsFrom(Stance other) {
        return !answer.equals(other.answer) || may != other.may || !said.equals(other.said);
    }

    /** From this to another: what opens one thing and closes another opens. */
    TurnKind to(Stance after) {
        return (after.may & ~may) != 0
                ? TurnKind.OPENS
                : (may & ~after.may) != 0 ? TurnKind.CLOSES : TurnKind.OTHERWISE;
    }
}
