package dev.blast.rules.vocabulary;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that somebody probably meant. */
public final class Nearest {
    /** Characters. Longer than any name there is, and the work grows with it. */
    private static final int MAX_LENGTH = 80;

    private Nearest() {}

    /** {@code did you mean 'host'?}, or something else where no name is near. */
    public static String or(String written, Collection<String> known, String otherwise) {
        return to(written, known).map(it -> "did you mean '" + it + "'?").orElse(otherwise);
    }

    /**
     * The help below an error: whether the nearest name was meant, if one is near, and all names.
     */
    public static String[] andAll(String written, Collection<String> known, String all) {
        String nearest = or(written, known, "");
        return nearest.isEmpty() ? new String[] {all} : new String[] {nearest, all};
    }

    /** The name that is nearer than every other one, if one is near. */
    public static Optional<String> single(String written, Collection<String> known) {
        Optional<String> nearest = to(written, known);
        return nearest.filter(name ->
                known.stream()
                        .noneMatch(other ->
                                !other.equals(name)
                                        && edits(written, other) <= edits(written, name)));
    }

    /** The name with the fewest edits, where there are few enough for the length. */
    public static Optional<String> to(String written, Collection<String> known) {
        if (written.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int tolerated = Math.max(1, written.length() / 3);
        return known.stream()
                .filter(name -> edits(written, name) <= tolerated)
                .min(
                        Comparator.<String>comparingInt(name -> edits(written, name))
                                .thenComparing(name -> name));
    }

    /** Insertions, deletions, substitutions and swaps of neighbours; case counts for nothing. */
    private static int edits(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] =
                        Math.min(
                                Math.min(cost[i - 1][j], cost[i][j - 1]) + 1,
                                cost[i - 1][j - 1] + same);
                boolean swapped =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
