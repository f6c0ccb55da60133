/**
 * What is the matter with an environment: each {@code Finding} is one side of it, compared with
 * what it should be, and holds what it was seen by. Words, and the commands that mend it, come
 * where findings are shown.
 */
@NullMarked
package dev.blast.environment.health;

import org.jspecify.annotations.NullMarked;
