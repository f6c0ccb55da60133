/**
 * Rules as checked: every name is known, every value typed, every unit read.
 *
 * <p>A {@code Rule} has {@code Branch}es, one for each way in which it can match; an {@code
 * Element} is a part of a branch, a {@code Check} a constraint, a {@code Value} what it compares
 * with. A {@code Frame} holds the facts that a rule sees while it is tried: by slot, a place for
 * each pattern of a branch.
 */
@NullMarked
package dev.blast.rules.checked;

import org.jspecify.annotations.NullMarked;
