/**
 * What an edit of policies changes in meaning.
 *
 * <p>{@link PolicyComparison} looks for requests that two policies answer differently: those that
 * were asked before, and others on both sides of every border that a changed rule draws. What it
 * finds was asked of both; where it finds nothing, it tries to prove that there is nothing.
 */
@NullMarked
package dev.blast.rules.compare;

import org.jspecify.annotations.NullMarked;
