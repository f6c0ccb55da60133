package dev.blast.environment.sync;

import dev.blast.environment.interpreter.InterpreterSearch;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.explain.Explanation;
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
