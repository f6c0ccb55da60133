/**
 * Why there is no answer: the incompatibility that holds of everything, as an {@code Argument}
 * whose leaves are facts that somebody wrote or an index says, in the order in which it is told
 * ({@code Proofs}).
 */
@NullMarked
package dev.blast.solver.proof;

import org.jspecify.annotations.NullMarked;
