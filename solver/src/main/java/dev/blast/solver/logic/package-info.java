/**
 * What follows from what, whoever asks: a {@code Node} is a package or one of its extras, its
 * {@code Domain} the versions there are, a {@code Term} a set of them ({@code States}), an {@code
 * Incompatibility} terms that cannot hold together, with the {@code Cause} that says why. {@code
 * Deduction} derives from them what a {@code PartialSolution} has to hold, and goes back where it
 * cannot.
 */
@NullMarked
package dev.blast.solver.logic;

import org.jspecify.annotations.NullMarked;
