/**
 * What is wanted of an answer, counted: an {@code Option} is a version of a package, or its
 * absence, as the objectives of a strategy see it; {@code Formula} has what each of them counts.
 */
@NullMarked
package dev.blast.solver.objective;

import org.jspecify.annotations.NullMarked;
