/** Python interpreters on this machine: found, asked once about themselves, remembered. */
@NullMarked
package dev.blast.environment.interpreter;

import org.jspecify.annotations.NullMarked;
