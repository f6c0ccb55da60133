/**
 * How what runs in an environment is ended. A {@code Work} is a session, or a command that changes
 * the environment; a {@code Termination} ends all processes of some of them and says how each
 * ended. Which processes those are is read off the kernel ({@code ProcessTable}), and each is held
 * ({@code HeldProcess}) before it gets a signal. {@code OpenChange} says what became of a change
 * that was going on, and {@code Standstill} is what all of it comes to; one command at a time
 * brings it ({@code EndingLock}).
 */
@NullMarked
package dev.blast.environment.ending;

import org.jspecify.annotations.NullMarked;
