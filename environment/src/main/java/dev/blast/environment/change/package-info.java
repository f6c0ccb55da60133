/**
 * A change of an environment, everything or nothing. A {@code Transaction} stages what comes, plans
 * {@code Rename}s ({@code Renames}), makes the plan durable ({@code Journal}) and does it; {@code
 * Recovery} finishes or undoes what was interrupted. The {@code WriterLock} lets one change at a
 * time, and whoever waits has {@code Patience}. What has been is a {@code Generation} of the {@code
 * History}; what the last one left is {@code Applied}. What has to be believed lies in the user's
 * {@code Dossier} of the environment, never in the environment itself.
 */
@NullMarked
package dev.blast.environment.change;

import org.jspecify.annotations.NullMarked;
