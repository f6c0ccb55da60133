package dev.blast.cli.syntax;

import dev.blast.packaging.EditDistance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The words that somebody probably meant. */
public final class Nearest {
    private static final int SHOWN = 3;

    private Nearest() {}

    /**
     * At most three of the known words, the nearest first: those that differ by a third of their
     * letters at most, or that begin with what was typed.
     */
    public static List<String> to(String typed, Collection<String> known) {
        record Near(String word, int distance) {}
        var near = new ArrayList<Near>();
        for (String word : known) {
            int distance = EditDistance.of(typed, word);
            boolean begins = typed.length() >= 2 && word.startsWith(typed);
            if (distance <= Math.max(1, Math.max(typed.length(), word.length()) / 3) || begins) {
                near.add(new Near(word, distance));
            }
        }
        near.sort(Comparator.comparingInt(Near::distance).thenComparing(Near::word));
        return near.stream().limit(SHOWN).map(Near::word).toList();
    }

    /** {@code did you mean 'sync' or 'save'?}, or nothing where no word is near. */
    public static List<String> hint(String typed, Collection<String> known) {
        List<String> words = to(typed, known);
        return words.isEmpty()
                ? List.of()
                : List.of("did you mean '" + String.join("' or '", words) + "'?");
    }
}
