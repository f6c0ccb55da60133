package dev.blast.index.settings;

import dev.blast.packaging.EditDistance;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which of several indexes a project is taken from; names and meaning are uv's. The unsafe ones let
 * a public index give a version of a name that a private one has (dependency confusion).
 */
public enum IndexStrategy {
    /** The first index that has the name gives all of its versions. */
    FIRST_INDEX,
    /** All that have it, where the versions of a later one come after all of an earlier one. */
    UNSAFE_FIRST_MATCH,
    /** All that have it, best version first; of one that several have, the first one's files. */
    UNSAFE_BEST_MATCH;

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * By its word.
     *
     * @throws IllegalArgumentException for another word, with those that there are
     */
    public static IndexStrategy of(String word) {
        for (IndexStrategy strategy : values()) {
            if (strategy.word().equals(word)) {
                return strategy;
            }
        }
        IndexStrategy nearest =
                Arrays.stream(values())
                        .min(Comparator.comparingInt(it -> EditDistance.of(it.word(), word)))
                        .orElseThrow();
        throw new IllegalArgumentException(
                "there is no strategy '%s' (did you mean '%s'?); there are: %s"
                        .formatted(
                                word,
                                nearest.word(),
                                Arrays.stream(values())
                                        .map(IndexStrategy::word)
                                        .collect(Collectors.joining(", "))));
    }
}
