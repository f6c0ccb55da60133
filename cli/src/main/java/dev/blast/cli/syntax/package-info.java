/**
 * What may be typed: the table of commands, and the parser, the help pages and the completions made
 * from it.
 */
@NullMarked
package dev.blast.cli.syntax;

import org.jspecify.annotations.NullMarked;
