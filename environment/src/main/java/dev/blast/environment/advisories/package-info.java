/**
 * What is known of holes in packages: documents in OSV's layout ({@code OsvFiles}, {@code
 * OsvDocument}), what of them is one hole ({@code Hole}), and the index of holes by package in the
 * user's cache ({@code AdvisoryStore}, {@code AdvisorySet}). {@code HolesInUse} are the holes that
 * count for a project, as the rules say.
 */
@NullMarked
package dev.blast.environment.advisories;

import org.jspecify.annotations.NullMarked;
