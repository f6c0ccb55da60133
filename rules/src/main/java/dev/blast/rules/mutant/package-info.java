/**
 * Rules with one thing changed, to see whether the tests beside them notice.
 *
 * <p>What is changed is the rule as it was read: an {@code Altered} part takes the place of the
 * part that was written, and the whole is checked again, so that a {@link Mutant} is a rule like
 * any other.
 */
@NullMarked
package dev.blast.rules.mutant;

import org.jspecify.annotations.NullMarked;
