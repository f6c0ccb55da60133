package dev.blast.rules.compare;

import dev.blast.rules.source.Origin;
import java.util.List;

/**
 * What an edit of policies changes in meaning.
 *
 * @param turns answers that turn: what opens, what closes, and then the rest
 * @param questions those with rules that are not the same, by the order of the reference
 * @param moved rules that are called otherwise, or stand in another file, and say the same
 */
public record PolicyChange(List<Turn> turns, List<Touched> questions, List<Moved> moved) {

    public PolicyChange {
        turns = List.copyOf(turns);
        questions = List.copyOf(questions);
        moved = List.copyOf(moved);
    }

    /** What is known of a question. */
    public enum State {
        /** An answer turns; there may be more than those that were found. */
        TURNS,
        /** It is proved that none does. */
        SAME,
        /** None was found, and that there is none is not proved. */
        UNPROVED
    }

    /**
     * A question some of whose rules are not the same.
     *
     * @param requests how many were asked of both
     * @param left how many further turns are not listed
     */
    public record Touched(String question, State state, int requests, int left) {}

    /** A rule with another name or in another file. */
    public record Moved(String from, Origin was, String to, Origin is) {}

    /** Those in one direction. */
    public List<Turn> turns(TurnKind direction) {
        return turns.stream().filter(it -> it.direction() == direction).toList();
    }

    /** Whether it is proved that nothing turns. */
    public boolean isProvedSame() {
        return questions.stream().allMatch(it -> it.state() == State.SAME);
    }
}
