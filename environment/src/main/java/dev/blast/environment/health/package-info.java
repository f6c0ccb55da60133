/**
 * What is the matter with an environment and how to mend it: each {@code Finding} names what was
 * looked at, what is not as it should be, and a command that puts it right.
 */
@NullMarked
package dev.blast.environment.health;

import org.jspecify.annotations.NullMarked;
