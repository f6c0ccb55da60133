/**
 * One call of Blast, whatever its command: an {@code Invocation} is what was asked and where, a
 * {@code Failure} why it was not done, with its {@code Exit} and what to do next; {@code Troubles}
 * makes one of what the lower modules throw.
 */
@NullMarked
package dev.blast.cli.invocation;

import org.jspecify.annotations.NullMarked;
