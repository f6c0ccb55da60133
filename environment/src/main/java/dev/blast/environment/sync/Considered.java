package dev.blast.environment.sync;

import dev.blast.environment.build.SeenSource;
import dev.blast.environment.interpreter.InterpreterSearch;
import dev.blast.index.DistributionFile;
import dev.blast.index.Formats;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.explain.Explanation;
import dev.blast.solver.Obstacle;
import java.util.List;

/** What came of asking about a version of a package, or about two together. */
public sealed interface Considered {

    /**
     * The rules' word on it, with why.
     *
     * @param lifted whether it is a hold that was lifted by name, so that it may be chosen
     */
    record Explained(PackageName name, Version version, Explanation explanation, boolean lifted)
            implements Considered {}

    /**
     * The rules' word on building a version from its source.
     *
     * @param source it would be built from
     * @param hasWheel whether there is a wheel for here, so that nothing is built
     * @param format of which kinds of files it may be taken
     */
    record Buildable(
            DistributionFile source,
            boolean hasWheel,
            Formats.Format format,
            Explanation explanation,
            SeenSource seen)
            implements Considered {}

    /** A version that there is no source of for here. */
    record NoSource(PackageName name, Version version, Obstacle obstacle) implements Considered {}

    /** The rules' word on two versions together, with why. */
    record Paired(Explanation explanation) implements Considered {}

    /**
     * There is no such version.
     *
     * @param versions those that there are, in ascending order
     * @param passedOver what there is beside them and cannot be used, in words; empty for nothing
     */
    record NoSuchVersion(
            PackageName name, Version wanted, List<Version> versions, String passedOver)
            implements Considered {
        public NoSuchVersion {
            versions = List.copyOf(versions);
        }
    }

    /**
     * There are no versions.
     *
     * @param why continues "which"
     */
    record NoVersions(PackageName name, String why) implements Considered {}

    /** No index has a package of the name. */
    record NoPackage(PackageName name) implements Considered {}

    /** No Python for which it could be chosen. */
    record NoInterpreter(InterpreterSearch.NotFound search) implements Considered {}
}
