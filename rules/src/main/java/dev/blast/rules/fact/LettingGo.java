package dev.blast.rules.fact;

import dev.blast.packaging.PackageName;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a person could let go of, where what is asked for has no answer; rules know it as
 * {@code Relaxation}.
 *
 * @param packageName what it is about; {@code package} in rules
 * @param direct true where the project itself asks for the package
 * @param origin the place that would change, or the rule that holds; null where nothing stands
 *     anywhere
 */
public record LettingGo(
        RelaxationKind kind, PackageName packageName, boolean direct, @Nullable String origin) {}
