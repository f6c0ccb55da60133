package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of a command: a value that can be said in two ways, with the same facts. */
public interface Report {
    /** For people; every line ends with a newline. Pure: no terminal, no clock. */
    String text(Palette palette);

    /**
     * For programs: keys in the order of the document, values of text, numbers, booleans, null,
     * lists and maps. The caller adds {@code schema}. Units stand in the keys.
     */
    Map<String, @Nullable Object> json();
}
