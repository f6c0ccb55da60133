package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;

/** The answer of a command: a value that can be said in two ways, with the same facts. */
public interface Report {
    /** For people; every line ends with a newline. Pure: no terminal, no clock. */
    String text(Palette palette);

    /**
     * For programs; the document's {@code schema} is added when it is written. Units stand in the
     * keys.
     */
    JsonObject json();
}
