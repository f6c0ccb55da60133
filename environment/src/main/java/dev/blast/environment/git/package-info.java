/** The machine's {@code Git}, asked in a way in which no repository can start anything. */
@NullMarked
package dev.blast.environment.git;

import org.jspecify.annotations.NullMarked;
