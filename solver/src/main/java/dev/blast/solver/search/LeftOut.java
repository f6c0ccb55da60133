package dev.blast.solver.search;

import dev.blast.packaging.PackageName;
import java.util.Set;

/**
 * What of a request does not count where one looks for what a conflict hides. Less is asked for
 * then, so a conflict that is left is one of the request.
 *
 * @param packages that nobody asks for or needs
 * @param wheels whether a version without a wheel for the target counts as one that needs nothing
 */
record LeftOut(Set<PackageName> packages, boolean wheels) {
    /** All of it counts. */
    static final LeftOut NOTHING = new LeftOut(Set.of(), false);

    /** No version has to have a wheel. */
    static final LeftOut WHEELS = new LeftOut(Set.of(), true);

    LeftOut {
        packages = Set.copyOf(packages);
    }

    static LeftOut of(Set<PackageName> packages) {
        return new LeftOut(packages, false);
    }
}
