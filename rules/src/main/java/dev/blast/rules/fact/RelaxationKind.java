package dev.blast.rules.fact;

/** How something is let go. */
public enum RelaxationKind {
    /** A requirement goes. */
    DROP,
    /** A requirement lets more versions through. */
    WIDEN,
    /** Pre-releases of one package count. */
    PRERELEASE,
    /** A version that a rule holds back is let through. */
    UNHOLD,
    /** A constraint that pins a version goes. */
    UNPIN,
    /** Another interpreter. */
    PYTHON
}
