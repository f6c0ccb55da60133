package dev.blast.solver;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person asks for.
 *
 * @param origin where they ask for it, as shown in proofs: {@code pyproject.toml:14}, {@code the
 *     command line}
 * @param group the dependency group or extra of the project that holds it; null for its own
 *     dependencies
 */
public record RootRequirement(Requirement requirement, String origin, @Nullable ExtraName group) {

    /** One of the project's own dependencies. */
    public static RootRequirement of(Requirement requirement, String origin) {
        return new RootRequirement(requirement, origin, null);
    }
}
