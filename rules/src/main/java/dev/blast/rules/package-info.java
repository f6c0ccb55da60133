/**
 * Policies in, reasons out. {@link dev.blast.rules.Policy} is the door: a set of rules, ready to
 * answer in a {@link dev.blast.rules.Context}.
 *
 * <p>Rules pass through the rooms in this order: a {@code source} is read as {@code parse}d, every
 * word of it looked up in the {@code vocabulary}, {@code checked}, run by the {@code engine} on
 * {@code fact}s, its answers weighed, as its {@code question} says, into a {@code verdict}; {@code
 * explain} and {@code trial} stand above the door, {@code format} beside it.
 */
@NullMarked
package dev.blast.rules;

import org.jspecify.annotations.NullMarked;
