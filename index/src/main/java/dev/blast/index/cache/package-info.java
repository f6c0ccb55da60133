/**
 * What was once fetched, on disk: a {@code Cache} of files that are written whole, as fields one
 * after the other ({@code Packer}, {@code Unpacker}). A damaged file is a missing one.
 */
@NullMarked
package dev.blast.index.cache;

import org.jspecify.annotations.NullMarked;
