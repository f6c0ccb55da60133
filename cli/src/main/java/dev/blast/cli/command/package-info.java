/**
 * The commands, a file each, and what several of them ask first: which project ({@code
 * Workspaces}), which rules and sandbox ({@code Habitats}), which index ({@code Indexes}). They
 * ask, call the modules below, and hand a report over.
 */
@NullMarked
package dev.blast.cli.command;

import org.jspecify.annotations.NullMarked;
