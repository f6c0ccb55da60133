/**
 * What programs of an environment tried to reach, and what became of it. A {@code LoggedAttempt} is
 * one request with its verdict, however often it was repeated, a {@code LoggedRun} all of one run.
 * A {@code RunLedger} keeps the run that goes on, {@code Ledgers} those of an environment. {@code
 * RefusalLines} tell of refusals at once, and keep what explains them.
 */
@NullMarked
package dev.blast.environment.ledger;

import org.jspecify.annotations.NullMarked;
