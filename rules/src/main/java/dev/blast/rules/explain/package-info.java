/**
 * Why a question was answered as it was, and what would turn the answer.
 *
 * <p>A {@code Trial} is a rule tried constraint by constraint; one that would have opened and
 * failed in a single place is a near miss. A {@code Change} is proposed only after it was made and
 * the question asked again.
 */
@NullMarked
package dev.blast.rules.explain;

import org.jspecify.annotations.NullMarked;
