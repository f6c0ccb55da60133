/**
 * From what is asked for to what is there. A {@code Situation} is everything that is known before
 * anything is done; an {@code Inquiry} is what is asked of the solver, {@code Resolving} finds
 * versions, a {@code SyncPlan} is the difference as {@code Change}s, {@code Wheels} brings them, an
 * {@code Installation} asks the rules and stages the files. A {@code SyncResult} is how it ended,
 * with its reasons. A {@code Consideration} asks about one version, and does nothing.
 */
@NullMarked
package dev.blast.environment.sync;

import org.jspecify.annotations.NullMarked;
