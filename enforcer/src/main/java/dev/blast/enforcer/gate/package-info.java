/**
 * The way out of a sandbox that has none: what a program asks for by {@code connect(2)} is caught
 * by its filter, judged here, dialled outside, and handed in as a connected socket. RealAddresses
 * are looked up here too, so a verdict is about the name that was asked for, and again about the
 * address that is dialled. What happened is told as {@code ConnectionAttempt}s.
 */
@NullMarked
package dev.blast.enforcer.gate;

import org.jspecify.annotations.NullMarked;
