/**
 * Better answers: Timefold weighs, the complete core answers. A {@code Draft} has a {@code Slot}
 * for each package and extra, with a {@code SlotValue} for each version whose requirements are
 * known; {@code Wants} says what counts, {@code NeighbourhoodSearch} asks the {@code Core} for
 * other answers, and the {@code Optimiser} goes on until there is none that is better.
 */
@NullMarked
package dev.blast.solver.optimise;

import org.jspecify.annotations.NullMarked;
