package dev.blast.environment.project;

import dev.blast.packaging.SpecifierSet;
import dev.blast.solver.RootRequirement;
import org.jspecify.annotations.Nullable;

/**
 * A requirement that is to be written otherwise where it stands.
 *
 * @param root as the project has it
 * @param to the versions that it asks for then; null where it goes
 */
public record Amendment(RootRequirement root, @Nullable SpecifierSet to) {}
