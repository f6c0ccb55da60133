/**
 * Answers in words: what a {@code Proof} states ({@code ProofText}) and what a {@code Note} says
 * ({@code NoteText}). Nothing is decided here.
 */
@NullMarked
package dev.blast.solver.text;

import org.jspecify.annotations.NullMarked;
