/**
 * Rules at work: lowered to Drools' canonical model and run there.
 *
 * <p>An {@code Engine} holds the rules of one question; a {@code Decision} is one evaluation while
 * it runs, an {@code Effort} what it may cost.
 */
@NullMarked
package dev.blast.rules.engine;

import org.jspecify.annotations.NullMarked;
