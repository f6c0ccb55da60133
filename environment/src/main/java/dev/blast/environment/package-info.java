/**
 * One environment and the places of one user. An {@code Environment} is a place on disk; {@code
 * Directories} are where this user keeps data, cache and settings, {@code Environments} the list of
 * what was made. Beside them stands what every room says and does alike: failures ({@code
 * EnvironmentException}, {@code Cause}), digests, small files of lines, writing them whole.
 *
 * <p>The rooms, each knowing only those named before it: {@code interpreter} and {@code install}
 * (Pythons, wheels, venvs), {@code change} (one transaction, whatever interrupts it), {@code
 * project} (what is asked for), {@code policies} (the rule files that count), {@code advisories}
 * (the holes that are known), {@code sync} (from what is asked for to what is there), {@code
 * session} (what runs in it), {@code health} (what {@code check} finds).
 */
@NullMarked
package dev.blast.environment;

import org.jspecify.annotations.NullMarked;
