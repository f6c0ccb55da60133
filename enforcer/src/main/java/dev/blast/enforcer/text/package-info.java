/**
 * What the enforcer decided, in the words that people read: a {@code StandInText} says what stands
 * in for a missing layer, a {@code PlanningText} why there is no plan. Nothing that decides knows
 * it.
 */
@NullMarked
package dev.blast.enforcer.text;

import org.jspecify.annotations.NullMarked;
