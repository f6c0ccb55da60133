/**
 * From steps to a process: an {@code Assembler} writes the {@code SpawnTable} that the child runs,
 * {@code SandboxProcess} starts it and waits, {@code StateReading} asks the kernel what is in
 * force. {@code Surroundings} owns what a sandbox has around it while it lives: kept names, watched
 * places, cgroups.
 */
@NullMarked
package dev.blast.enforcer.spawn;

import org.jspecify.annotations.NullMarked;
