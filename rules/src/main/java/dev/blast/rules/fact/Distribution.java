package dev.blast.rules.fact;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import org.jspecify.annotations.Nullable;

/**
 * An installed distribution of the environment.
 *
 * @param direct true where the project itself asks for it
 * @param group the dependency group that asks for it, where one does
 */
public record Distribution(
        PackageName name, Version version, boolean direct, @Nullable String group) {}
