/**
 * Policies in, reasons out: the checked DRL subset, its evaluation by Drools, and the verdicts with
 * why.
 */
@NullMarked
package dev.blast.rules;

import org.jspecify.annotations.NullMarked;
