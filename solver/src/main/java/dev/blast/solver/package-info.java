/**
 * Which versions: what is asked ({@code Request}) and what comes of it ({@code Outcome}: a {@code
 * Resolution} of {@code Pin}s, or a {@code Proof} that there is none), as values.
 *
 * <p>The rooms, each knowing only those named before it: {@code logic} (what follows from what),
 * {@code proof} (an argument, in the order in which it is told), {@code objective} (what an answer
 * is worth), {@code optimise} (better answers), {@code search} (choosing, asking, going back),
 * {@code repair} (what to let go where there is no answer), {@code lock} (pylock.toml), {@code
 * graph} (boxes and links, as pictures). Apart from these, {@code text} has words for what the
 * values say. docs/solving.md goes through them in the order of a run.
 */
@NullMarked
package dev.blast.solver;

import org.jspecify.annotations.NullMarked;
