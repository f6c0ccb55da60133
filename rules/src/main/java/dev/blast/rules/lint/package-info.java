/**
 * What is wrong with rules that load: one that never fires, one that others always shadow, a limit
 * looser than the one in force. It is decided over what constraints mean, and only what is proved
 * is said.
 *
 * <p>A {@code Claim} says of a field that its value is, or is not, in the set that a {@code
 * Meaning} stands for; a {@code Proposition} is made of claims. The {@code Tableau} shows that
 * propositions cannot all be true, with {@code FieldValues} for the claims on one field. Whatever
 * it cannot tell counts as possible.
 */
@NullMarked
package dev.blast.rules.lint;

import org.jspecify.annotations.NullMarked;
