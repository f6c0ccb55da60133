package dev.blast.solver;

import dev.blast.index.IndexLocation;
import dev.blast.index.ProjectStatus;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.rules.verdict.Reason;
import org.jspecify.annotations.Nullable;

/** Something about a chosen version that a person should hear. */
public sealed interface Note {
    PackageName name();

    /** A version that would have been chosen but for a rule. */
    record Held(PackageName name, Version version, Reason reason) implements Note {}

    /** A rule holds the chosen version back, and a person lifted that. */
    record Lifted(PackageName name, Version version, Reason reason) implements Note {}

    /** A rule warns about the chosen version. */
    record Warned(PackageName name, Version version, Reason reason) implements Note {}

    /** An extra is asked for that neither the chosen version has nor another one that fits. */
    record NoSuchExtra(PackageName name, Version version, ExtraName extra) implements Note {}

    /**
     * What the chosen version says of itself breaks the standard, and was read as it is meant.
     *
     * @param mend which text was read as what
     */
    record Mended(PackageName name, Version version, String mend) implements Note {}

    /**
     * The chosen version was taken back by its publisher; it is pinned or locked.
     *
     * @param reason empty where none was given
     */
    record Yanked(PackageName name, Version version, String reason) implements Note {}

    /** The index gives no strong hash for the file of the chosen version. */
    record Unproven(PackageName name, Version version, String filename) implements Note {}

    /** The project is not active. */
    record Inactive(PackageName name, Version version, ProjectStatus status) implements Note {}

    /**
     * Something about the page of the project.
     *
     * @param remark as the index says it
     */
    record Remarked(PackageName name, Version version, String remark) implements Note {}

    /**
     * A pre-release was chosen because nothing else fits.
     *
     * @param stable the newest that is none; null where there is no such one
     * @param why what keeps that one out; null where several things together do
     */
    record Prerelease(
            PackageName name, Version version, @Nullable Version stable, @Nullable Restraint why)
            implements Note {}

    /**
     * There may be an answer in which only this package is better, and none is worse: the search
     * was given up before all versions were tried.
     */
    record NotAllTried(PackageName name, Version version) implements Note {}

    /**
     * The chosen version is none that a requirement lets through, since a person overrides that.
     *
     * @param requirer whose requirement it is: where a person wrote it, or name and version
     * @param override where the person overrides it
     */
    record Overridden(
            PackageName name,
            Version version,
            String requirer,
            Requirement requirement,
            String override)
            implements Note {}

    /**
     * The chosen version is taken from an index that is asked after another one that has the name,
     * as an unsafe strategy lets it.
     */
    record OtherIndex(PackageName name, Version version, IndexLocation from, IndexLocation first)
            implements Note {}

    /** Of its project, so many files have no upload time, and are left out for that. */
    record Undated(PackageName name, Version version, int files, Cutoff cutoff) implements Note {}

    /**
     * A version that would have been chosen, but needs something that cannot be installed.
     *
     * @param obstacle of what is needed
     */
    record Wanting(PackageName name, Version version, Requirement requirement, Obstacle obstacle)
            implements Note {}

    /** A version that would have been chosen, but cannot be installed. */
    record PassedOver(PackageName name, Version version, Obstacle obstacle) implements Note {}
}
