/**
 * Linux confinement: a {@code Confinement} plans, a {@code Sandbox} starts what was planned, {@code
 * Running} is what runs.
 *
 * <p>The rooms, each knowing only those named before it: {@code kernel} (system calls and memory as
 * the kernel takes them), {@code plan} (from a policy to steps, pure), {@code spawn} (from steps to
 * a confined process, and what the kernel then says of it), {@code text} (all that in words).
 */
@NullMarked
package dev.blast.enforcer;

import org.jspecify.annotations.NullMarked;
