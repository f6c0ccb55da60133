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
record Disregarded(Set<PackageName> packages, boolean wheels) {
    /** All of it counts. */
    static final Disregarded NOTHING = new Disregarded(Set.of(), false);

    /** No version has to have a wheel. */
    static final Disregarded WHEELS = new Disregarded(Set.of(), true);

    Disregarded {
        packages = Set.copyOf(packages);
    }

    static Disregarded of(Set<PackageName> packages) {
        return new Disregarded(packages, false);
    }
}
