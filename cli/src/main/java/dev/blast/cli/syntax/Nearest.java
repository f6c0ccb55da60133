package dev.blast.cli.syntax;

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
            int distance = distance(typed, word);
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

    /**
     * Edits that turn one word into the other, where swapping two neighbours is one edit (optimal
     * string alignment).
     */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + same);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
