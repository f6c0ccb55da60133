/**
 * The command line: argv in; results on stdout, progress and diagnosis on stderr, an exit code out.
 *
 * <p>{@code Main} finds the command's name in argv, builds the specification of that one command
 * only (a short-lived process cannot afford the others), and runs it. A command reads facts, asks
 * the modules below, and answers with a {@link dev.blast.cli.report.Report}; how that looks is the
 * report's business, where it goes the console's.
 */
@NullMarked
package dev.blast.cli;

import org.jspecify.annotations.NullMarked;
