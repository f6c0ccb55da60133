package dev.blast.solver;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person asks for, or allows.
 *
 * @param origin where they do, as shown in proofs: {@code pyproject.toml:14}, {@code the command
 *     line}
 * @param group the dependency group or extra of the project that holds it; null for its own
 *     dependencies
 * @param constraint whether it only says which versions may be chosen if anything needs the package
 */
public record RootRequirement(
        Requirement requirement, String origin, @Nullable ExtraName group, boolean constraint) {

    /** The origin of what an option asks for. */
    public static final String COMMAND_LINE = "the command line";

    private static final String QUESTION = "the question";

    /** What is asked for to see what comes of it: by a question, not by a line of the project. */
    public static RootRequirement question(Requirement requirement) {
        return of(requirement, QUESTION);
    }

    public boolean isQuestion() {
        return origin.equals(QUESTION);
    }

    /** Something that is asked for. */
    public RootRequirement(Requirement requirement, String origin, @Nullable ExtraName group) {
        this(requirement, origin, group, false);
    }

    /** One of the project's own dependencies. */
    public static RootRequirement of(Requirement requirement, String origin) {
        return new RootRequirement(requirement, origin, null);
    }

    /**
     * Versions that are allowed, of a package that nothing needs to need. Extras and addresses make
     * no difference in it.
     */
    public static RootRequirement constraint(Requirement requirement, String origin) {
        return new RootRequirement(requirement, origin, null, true);
    }

    /** Whether it wants this package there, and names no address to take it from. */
    public boolean asksFor(PackageName name, MarkerEnvironment environment) {
        return !constraint
                && requirement.url() == null
                && requirement.name().equals(name)
                && requirement.appliesTo(environment, Set.of());
    }
}
