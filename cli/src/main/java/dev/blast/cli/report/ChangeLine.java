package dev.blast.cli.report;

import org.jspecify.annotations.Nullable;

/**
 * What a sync does to one package.
 *
 * @param from the version before, null where there was none
 * @param to the version after, null where there is none
 * @param why in words, with origin; may be empty
 */
public record ChangeLine(
        Kind kind, String name, @Nullable String from, @Nullable String to, String why) {

    /** The sign stands for the kind in text, with or without colour. */
    public enum Kind {
        ADDED('+'),
        REPLACED('^'),
        /** By an older version. */
        DOWNGRADED('v'),
        REINSTALLED('~'),
        REMOVED('-'),
        HELD('='),
        /** Stays, and there is something to say about it. */
        NOTED('!');

        private final char sign;

        Kind(char sign) {
            this.sign = sign;
        }

        char sign() {
            return sign;
        }
    }

    /** {@code anyio 4.6.0 → 4.9.0}. */
    String versions() {
        String before = from == null ? "" : from;
        String after = to == null ? "" : to;
        return switch (kind) {
            case ADDED, REINSTALLED, HELD, NOTED -> name + " " + after;
            case REMOVED -> name + " " + before;
            case REPLACED, DOWNGRADED -> name + " " + before + " → " + after;
        };
    }
}
