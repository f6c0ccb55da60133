package dev.blast.environment.sync;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;

/** What a sync does about one package, and why. */
public sealed interface Change {
    PackageName name();

    /** Not there yet. */
    record Add(Wanted to) implements Change {
        @Override
        public PackageName name() {
            return to.name();
        }
    }

    /** There in another version. */
    record Replace(Version from, Wanted to) implements Change {
        @Override
        public PackageName name() {
            return to.name();
        }
    }

    /** There in the wanted version, and not as it should be. */
    record Repair(Wanted to, String reason) implements Change {
        @Override
        public PackageName name() {
            return to.name();
        }
    }

    /** There, and not wanted (any more). */
    record Remove(PackageName name, Version version, String reason) implements Change {}

    /** There as wanted. */
    record Keep(PackageName name, Version version) implements Change {}

    /**
     * Installed beside us by somebody else, and left alone.
     *
     * @param installer what INSTALLER says: {@code pip}, {@code uv}; empty where it says nothing
     */
    record Foreign(PackageName name, Version version, String installer) implements Change {}
}
