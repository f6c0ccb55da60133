/**
 * Graphs to look at: boxes and links ({@code Drawing}), where they lie ({@code Layout}), and both
 * as SVG and DOT. What stands in a box was put into words before; this room knows nothing of
 * packages.
 */
@NullMarked
package dev.blast.solver.graph;

import org.jspecify.annotations.NullMarked;
