package dev.blast.cli.terminal;

import java.util.Map;

/** When to colour: what the command line says, else the environment, else only for a terminal. */
public enum ColorChoice {
    AUTO,
    ALWAYS,
    NEVER;

    /**
     * The palette of one stream. {@code NO_COLOR} (set and not empty, see no-color.org) and {@code
     * TERM=dumb} turn colours off unless the command line asks for them.
     */
    public Palette paletteFor(boolean terminal, Map<String, String> environment) {
        return switch (this) {
            case ALWAYS -> Palette.ANSI;
            case NEVER -> Palette.PLAIN;
            case AUTO -> terminal && !unwanted(environment) ? Palette.ANSI : Palette.PLAIN;
        };
    }

    private static boolean unwanted(Map<String, String> environment) {
        return !environment.getOrDefault("NO_COLOR", "").isEmpty() || isDumb(environment);
    }

    static boolean isDumb(Map<String, String> environment) {
        return environment.getOrDefault("TERM", "dumb").equals("dumb");
    }
}
