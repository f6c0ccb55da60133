/**
 * The background service: so far its protocol, {@link dev.blast.daemon.Message}. Nothing needs it
 * to be running.
 */
@NullMarked
package dev.blast.daemon;

import org.jspecify.annotations.NullMarked;
