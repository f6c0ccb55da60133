/**
 * A policy file as text, and what is said about it.
 *
 * <p>A {@link PolicyFile} is what somebody brings: a text, the {@link Layer} that it comes from,
 * and whether its user stands behind it. A {@code Source} is that text with its lines, a {@code
 * Span} a stretch of it in offsets, an {@link Origin} a place in it as people name it. A {@code
 * Flaw} ends the reading of one construct; each becomes a {@link Diagnostic}, and {@code Findings}
 * are those of one file.
 */
@NullMarked
package dev.blast.rules.source;

import org.jspecify.annotations.NullMarked;
