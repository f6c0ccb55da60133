@NullMarked
package dev.blast.cli;

import org.jspecify.annotations.NullMarked;
