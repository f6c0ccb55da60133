/**
 * The words of the language, as tables: what may be looked at, and what may be said.
 *
 * <p>A {@code FactType} is a fact that rules may mention, with its {@code Field}s, each of a {@code
 * Type}. A {@code Verb} is what a rule may answer with; its {@code Effect} says from which layers
 * it counts, its {@code Aspect} which part of its {@code Question} it answers. {@code Facts} and
 * {@code Verbs} hold all of them; docs/policies.md is made from the two.
 */
@NullMarked
package dev.blast.rules.vocabulary;

import org.jspecify.annotations.NullMarked;
