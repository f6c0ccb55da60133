/**
 * TOML as everybody here reads it: a document as plain values that knows where each of them stands,
 * so that whoever looks at a value can name its line.
 */
@NullMarked
package dev.blast.toml;

import org.jspecify.annotations.NullMarked;
