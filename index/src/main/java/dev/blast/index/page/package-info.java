/**
 * An answer of an index as a page: JSON (PEP 691), HTML (PEP 503), a folder, or what the cache kept
 * of one ({@code CachedPage}, {@code PackedPage}). All of it is a stranger's word: a {@code
 * Listing} holds {@code Link}s as they were written, {@code Intake} says which of them count.
 */
@NullMarked
package dev.blast.index.page;

import org.jspecify.annotations.NullMarked;
