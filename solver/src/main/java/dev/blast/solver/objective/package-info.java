/**
 * What is wanted of an answer, counted: a {@code Weighable} is a version of a package as the
 * objectives of a strategy see it; {@code Formula} has what each of them counts.
 */
@NullMarked
package dev.blast.solver.objective;

import org.jspecify.annotations.NullMarked;
