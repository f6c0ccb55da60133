/**
 * Help for people who are writing a policy file: what fits at a place of it ({@code Suggestions}),
 * what is to be said of one ({@code Telling}), what stands where ({@code Outline}, {@code
 * CaseOutline}). Pure, and made for texts that are not finished: it looks at words, not at a file
 * that was read.
 */
@NullMarked
package dev.blast.rules.assist;

import org.jspecify.annotations.NullMarked;
