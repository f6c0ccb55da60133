package dev.blast.rules.vocabulary;

import dev.blast.packaging.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that somebody probably meant. */
public final class Nearest {
    /** Characters. Longer than any name there is, and the work grows with it. */
    private static final int MAX_LENGTH = 80;

    private Nearest() {}

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

    /** Case counts for nothing. */
    private static int edits(String left, String right) {
        return EditDistance.of(left.toLowerCase(Locale.ROOT), right.toLowerCase(Locale.ROOT));
    }
}
