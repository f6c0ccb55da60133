package dev.blast.solver;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.util.List;

/**
 * What is known of holes in versions, as far as it counts: what a rule sets aside is not among it.
 * Asked by any thread, for a version as often as somebody wants to know.
 */
public interface Advisories {
    /** Nothing is known. */
    Advisories NONE =
            new Advisories() {
                @Override
                public List<String> of(PackageName name, Version version) {
                    return List.of();
                }

                @Override
                public boolean mends(PackageName name, Version version) {
                    return false;
                }
            };

    /** The ids of the holes of a version, one for each, sorted. */
    List<String> of(PackageName name, Version version);

    /** Whether the version in use has a hole that this one does not have. */
    boolean mends(PackageName name, Version version);
}
