/**
 * Rules as written: nothing is looked up yet, so a name may be any name.
 *
 * <p>{@code Token}s are read by a {@code Cursor} into a {@code FileTree} of {@code RuleTree}s; a
 * {@code Condition} stands between {@code when} and {@code then}, a {@code Constraint} between the
 * parentheses of a pattern, an {@code Operand} on a side of an operator. {@code Refusals} are the
 * constructs of DRL that this language leaves out; the {@code SecondReading} is that of Drools' own
 * parser, which must find the same.
 */
@NullMarked
package dev.blast.rules.parse;

import org.jspecify.annotations.NullMarked;
