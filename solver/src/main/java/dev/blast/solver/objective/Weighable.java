package dev.blast.solver.objective;

import java.util.OptionalLong;

/** A version of a package that an answer may have, as objectives see it. */
public interface Weighable {

    /** Whether the request itself asks for the package. */
    boolean direct();

    /** Whether another version is locked, or installed where none is locked. */
    boolean changes();

    /** How many usable versions are newer. */
    long newer();

    /** How many usable versions are older. */
    long older();

    /** Size of the file that would be fetched. */
    OptionalLong bytes();

    /** The largest known size of a file of the package; 0 where none is known. */
    long largestBytes();

    /** Whole days since the release; empty where the index does not say when that was. */
    OptionalLong ageDays();

    /** How many known holes it has that no rule sets aside. */
    int advisories();

    /** Whether a rule holds it back, and that was lifted. */
    boolean lifted();

    /** Whether a wheel of it has to be built. */
    boolean built();

    /** Points of the rules. */
    int points();

    /** The most points that a usable version of the package has. */
    int mostPoints();
}
