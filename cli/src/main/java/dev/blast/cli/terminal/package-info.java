/** Where words go: the two streams, colours, the width of the terminal, the line of progress. */
@NullMarked
package dev.blast.cli.terminal;

import org.jspecify.annotations.NullMarked;
