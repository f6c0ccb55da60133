/**
 * Cases beside policy files, and what comes of trying them.
 *
 * <p>A {@link TestFile} holds {@link TestCase}s, each with what is asked and what is expected;
 * {@code Coverage} tells which rules no case reached.
 */
@NullMarked
package dev.blast.rules.trial;

import org.jspecify.annotations.NullMarked;
