/**
 * What a person can do where there is no answer: a {@code RepairSearch} goes from what excludes
 * each other ({@code Candidates}) to the cheapest sets of {@code Relaxation}s with which the whole
 * request is solved.
 */
@NullMarked
package dev.blast.solver.repair;

import org.jspecify.annotations.NullMarked;
