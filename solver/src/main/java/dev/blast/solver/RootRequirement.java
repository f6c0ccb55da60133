package dev.blast.solver;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person asks for, or allows. Two are equal that were written alike in one place,
 * whether or not they are overridden.
 *
 * @param requirement what counts of it
 * @param origin where they do, as shown in proofs: {@code pyproject.toml:14}, {@code the command
 *     line}
 * @param group the dependency group or extra of the project that holds it; null for its own
 *     dependencies
 * @param written the requirement as it stands there; {@link Overrides} may leave less of it
 * @param editable whether what is in the folder that it names is to be read from there (PEP 660)
 */
public record RootRequirement(
        Requirement requirement,
        String origin,
        @Nullable ExtraName group,
        Force force,
        Requirement written,
        boolean editable) {

    /** The origin of what an option asks for. */
    public static final String COMMAND_LINE = "the command line";

    private static final String QUESTION = "the question";

    /** What a requirement of a person does. */
    public enum Force {
        ASKED,
        /** It only says which versions may be chosen if anything needs the package. */
        CONSTRAINT,
        /** The same, in place of all that anybody requires of the package. */
        OVERRIDE
    }

    /** Something that is asked for, or that only narrows. */
    public RootRequirement(
            Requirement requirement, String origin, @Nullable ExtraName group, boolean constraint) {
        this(
                requirement,
                origin,
                group,
                constraint ? Force.CONSTRAINT : Force.ASKED,
                requirement,
                false);
    }

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

    /** Versions that are allowed, whatever anybody else requires of the package. */
    public static RootRequirement override(Requirement requirement, String origin) {
        return new RootRequirement(requirement, origin, null, Force.OVERRIDE, requirement, false);
    }

    /** The same in the same place with another requirement. */
    public RootRequirement with(Requirement other) {
        return new RootRequirement(other, origin, group, force, other, editable);
    }

    /** The same, of which the folder is read where it is. */
    public RootRequirement asEditable() {
        return new RootRequirement(requirement, origin, group, force, written, true);
    }

    /** The same for a group or an extra of the project. */
    public RootRequirement of(@Nullable ExtraName other) {
        return new RootRequirement(requirement, origin, other, force, written, editable);
    }

    /** The same, of which this counts. */
    RootRequirement counting(Requirement left) {
        return new RootRequirement(left, origin, group, force, written, editable);
    }

    /** Whether it only says which versions may be chosen if anything needs the package. */
    public boolean constraint() {
        return force != Force.ASKED;
    }

    /** Whether it stands in place of what anybody else requires of the package. */
    public boolean isOverride() {
        return force == Force.OVERRIDE;
    }

    /** Whether it wants this package there, and names no address to take it from. */
    public boolean asksFor(PackageName name, MarkerEnvironment environment) {
        return !constraint()
                && requirement.url() == null
                && requirement.name().equals(name)
                && requirement.appliesTo(environment, Set.of());
    }

    /** As rules see it: one that the project itself has. */
    public dev.blast.rules.fact.Requirement fact() {
        return new dev.blast.rules.fact.Requirement(
                requirement.name(),
                group == null ? null : group.normalized(),
                true,
                requirement.specifier().toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RootRequirement it
                && written.equals(it.written)
                && origin.equals(it.origin)
                && Objects.equals(group, it.group)
                && force == it.force
                && editable == it.editable;
    }

    @Override
    public int hashCode() {
        return Objects.hash(written, origin, group, force, editable);
    }
}
