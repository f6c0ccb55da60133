/**
 * What an environment was, under a name or in a file of its own. A {@code Save} says what there is:
 * each file by path, mode, time and hash, packages, requirements, lock; {@code SaveText} writes it
 * as JSON. {@code Saves} keeps those of a user, whose files lie in the store; a {@code SaveFile}
 * holds such a text and all contents, for another machine. What a file says is a stranger's word:
 * here it is seen to be whole and well formed, and no more.
 */
@NullMarked
package dev.blast.environment.saves;

import org.jspecify.annotations.NullMarked;
