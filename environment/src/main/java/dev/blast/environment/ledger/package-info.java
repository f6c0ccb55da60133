/**
 * What programs of an environment tried to reach, and what became of it. A {@code LoggedAttempt} is
 * one request with its verdict, however often it was repeated, a {@code LoggedRun} all of one run.
 * A {@code Ledger} keeps the run that goes on, {@code Ledgers} those of an environment. {@code
 * Refusals} are told to people at once, and kept to be explained.
 */
@NullMarked
package dev.blast.environment.ledger;

import org.jspecify.annotations.NullMarked;
