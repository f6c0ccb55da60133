package dev.blast.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;

/** Asks a person at a terminal. */
public final class Prompt {
    /** Bytes of an answer that are looked at. */
    private static final int LONGEST = 100;

    private static final Set<String> YES = Set.of("y", "yes");

    private Prompt() {}

    /**
     * Whether the answer is yes; no answer is none.
     *
     * @param in where the person types
     */
    public static boolean agrees(Console console, InputStream in, String question) {
        console.explain(question + " [y/N] ");
        try {
            var line = new StringBuilder();
            int c = in.read();
            while (c >= 0 && c != '\n' && line.length() < LONGEST) {
                line.append((char) c);
                c = in.read();
            }
            if (c < 0) {
                console.explain("\n");
            }
            return YES.contains(line.toString().strip().toLowerCase(Locale.ROOT));
        } catch (IOException _) {
            return false;
        }
    }
}
