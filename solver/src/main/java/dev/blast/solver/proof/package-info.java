/**
 * Why there is no answer: the incompatibility that holds of everything, as an {@code Argument}
 * whose leaves are facts that somebody wrote or an index says, told in sentences ({@code Proofs},
 * {@code Phrases}).
 */
@NullMarked
package dev.blast.solver.proof;

import org.jspecify.annotations.NullMarked;
