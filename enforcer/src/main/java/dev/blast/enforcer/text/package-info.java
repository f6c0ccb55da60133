/**
 * What the enforcer decided, in the words that people read: a {@code StandInText} says what stands
 * in for a missing layer, a {@code MissingLayerText} why it is missing, a {@code PlanningText} why
 * there is no plan, a {@code StepText} what a step of one does, a {@code StartFailureText} why
 * nothing was run. Nothing that decides knows it.
 */
@NullMarked
package dev.blast.enforcer.text;

import org.jspecify.annotations.NullMarked;
