/**
 * The kernel as this process reaches it: {@code Syscall}s by number, {@code Errno}, memory outside
 * the Java heap, bytes of paths, and the page of machine code by which a child goes through a table
 * of system calls. Nothing here decides anything.
 */
@NullMarked
package dev.blast.enforcer.kernel;

import org.jspecify.annotations.NullMarked;
