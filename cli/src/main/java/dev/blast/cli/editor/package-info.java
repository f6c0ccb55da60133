/**
 * The language server: what an editor asks about policy files and their tests, answered by {@code
 * dev.blast.rules.assist} and by what the commands find. This room alone knows the protocol. A
 * {@code DocumentText} is what an editor holds, an {@code Inspection} what was found in it and in
 * the files around it.
 */
@NullMarked
package dev.blast.cli.editor;

import org.jspecify.annotations.NullMarked;
