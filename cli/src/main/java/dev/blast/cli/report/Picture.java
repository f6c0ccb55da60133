package dev.blast.cli.report;

import dev.blast.solver.graph.Drawing;
import java.util.Optional;

/** An answer to look at. Pure: no file, no clock; the same answer is the same bytes. */
public interface Picture {
    /** A page that needs nothing else. */
    String html();

    /** What of it can be drawn. */
    Optional<Drawing> drawing();
}
