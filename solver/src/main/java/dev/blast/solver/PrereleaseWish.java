package dev.blast.solver;

/**
 * When pre-releases may be chosen, as somebody wants it.
 *
 * @param by where that is said: an option, a variable, {@code pyproject.toml:9}
 */
public record PrereleaseWish(Prereleases mode, String by) {
    /** What holds where nobody says anything. */
    public static final PrereleaseWish USUAL = new PrereleaseWish(Prereleases.IF_NECESSARY, "");

    /**
     * Reads the name of a mode.
     *
     * @throws IllegalArgumentException where there is no such one, with those that there are
     */
    public static PrereleaseWish of(String word, String by) {
        return new PrereleaseWish(
                Prereleases.named(word)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "there is no mode '%s'; there are: %s"
                                                .formatted(word, Prereleases.words()))),
                by);
    }
}
