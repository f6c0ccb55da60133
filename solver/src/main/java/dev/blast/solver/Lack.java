package dev.blast.solver;

import dev.blast.packaging.Version;

/** What there is of a package where nothing that is wanted is. */
public sealed interface Lack {

    /**
     * No version at all.
     *
     * @param why as the index or the project says; continues "which"
     */
    record NoVersions(String why) implements Lack {}

    /** What is wanted contradicts itself: there could be no such version. */
    record Contradiction() implements Lack {}

    /**
     * Other versions.
     *
     * @param passedOver what there is beside them and cannot be used, as the index says; empty for
     *     nothing
     */
    record Others(Version lowest, Version highest, String passedOver) implements Lack {}
}
