package dev.blast.environment.health;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;

/**
 * Something that what is installed requires, or the project does, and that does not hold. All but
 * {@link Overridden} is wrong.
 */
public sealed interface RequirementFault {

    /** It is required and not installed. */
    record Missing(Asker asker, Requirement requirement) implements RequirementFault {}

    /** It is installed in a version that is not allowed. */
    record OtherVersion(Asker asker, Requirement requirement, Version installed)
            implements RequirementFault {}

    /**
     * It is installed in a version that is not allowed, and that is as a person wants it.
     *
     * @param override where they override the requirement
     */
    record Overridden(Asker asker, Requirement requirement, Version installed, String override)
            implements RequirementFault {}

    /**
     * A distribution is for other interpreters.
     *
     * @param python the version of this one
     */
    record WrongPython(Asker.Installed distribution, SpecifierSet wanted, Version python)
            implements RequirementFault {}

    /** What a distribution requires cannot be known. */
    record UnreadableMetadata(Asker.Installed distribution) implements RequirementFault {}

    /** Who requires something. */
    sealed interface Asker {

        /**
         * The project.
         *
         * @param origin where it does: {@code pyproject.toml:14}
         */
        record Project(String origin) implements Asker {}

        /** A distribution of the environment. */
        record Installed(PackageName name, Version version) implements Asker {}
    }
}
