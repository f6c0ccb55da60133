package dev.blast.solver;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When a pre-release may be chosen where nothing pins it. In all of these a stable version goes
 * first, but in {@link #ALLOW}.
 */
public enum Prereleases {
    /** Never, not even one that is pinned or locked. */
    DISALLOW("disallow"),
    /** Like any other version. */
    ALLOW("allow"),
    /**
     * Where a requirement lets no stable version through that can be used, and where those that it
     * does let through fit nothing: the default.
     */
    IF_NECESSARY("if-necessary"),
    /** The same, of packages alone of which the request itself names a pre-release. */
    EXPLICIT("explicit");

    /** What uv calls its default: as pip and uv have it today, the same as if-necessary. */
    private static final String SAME = "if-necessary-or-explicit";

    private final String word;

    Prereleases(String word) {
        this.word = word;
    }

    /** As people write it. */
    public String word() {
        return word;
    }

    /** The mode of that name; empty where there is none. */
    public static Optional<Prereleases> named(String word) {
        return word.equals(SAME)
                ? Optional.of(IF_NECESSARY)
                : Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst();
    }

    /** All names, for a sentence. */
    public static String words() {
        return Arrays.stream(values()).map(Prereleases::word).collect(Collectors.joining(", "))
                + ", "
                + SAME;
    }
}
