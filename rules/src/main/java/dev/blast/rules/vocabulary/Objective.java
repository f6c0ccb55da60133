package dev.blast.rules.vocabulary;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a strategy can want of a whole answer: each counts something over its packages, and less is
 * better. {@code dev.blast.solver.objective.Formula} has the formulas.
 */
public enum Objective {
    FEWEST_ADVISORIES(
            "fewest-advisories", "known holes of the chosen versions that no rule sets aside"),
    FEWEST_BUILDS("fewest-builds", "packages without a wheel, which have to be built"),
    FEWEST_CHANGES(
            "fewest-changes",
            "packages whose locked version, else installed version, is not the one chosen, and locked packages that go; new packages are no change"),
    FEWEST_HOLDS_LIFTED(
            "fewest-holds-lifted",
            "chosen versions that a rule holds back and a person lifted by name"),
    FEWEST_PACKAGES("fewest-packages", "packages"),
    LOWEST("lowest", "usable versions older than the chosen one, summed over all packages"),
    LOWEST_DIRECT(
            "lowest-direct",
            "usable versions older than the chosen one, summed over what the request itself asks for"),
    NEWEST("newest", "usable versions newer than the chosen one, summed over all packages"),
    NEWEST_DIRECT(
            "newest-direct",
            "usable versions newer than the chosen one, summed over what the request itself asks for"),
    PREFERRED(
            "preferred",
            "points of `prefer` and `avoid` by which the chosen version is below the best usable one of its package"),
    SETTLED(
            "settled",
            "days that the chosen version lacks to an age of 30, summed; 30 where the index does not say when it was released"),
    SMALLEST_DOWNLOAD(
            "smallest-download",
            "bytes of the chosen files; a file of unknown size counts as the largest known one of its package, and as nothing where none is known");

    private static final Map<String, Objective> BY_WORD =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Objective::word, Function.identity()));

    private final String word;
    private final String counts;

    Objective(String word, String counts) {
        this.word = word;
        this.counts = counts;
    }

    /** As files have it. */
    public String word() {
        return word;
    }

    /** What it counts, as a phrase in Markdown. */
    public String counts() {
        return counts;
    }

    /**
     * The objective of that word.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Objective of(String word) {
        Objective objective = BY_WORD.get(word);
        if (objective == null) {
            throw new IllegalArgumentException("no objective: " + word);
        }
        return objective;
    }

    /** All words, in alphabetical order. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Objective::word).toList();
    }
}
