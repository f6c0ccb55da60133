package dev.blast.solver;

/**
 * When a pre-release may be chosen. Always, where a requirement of the request names one, or the
 * package has no other versions.
 */
public enum Prereleases {
    /** Also where no other usable version meets a requirement: the default, PEP 440. */
    IF_NECESSARY,
    /** Never else. */
    WHEN_ASKED,
    /** Like any other version. */
    ALLOWED
}
