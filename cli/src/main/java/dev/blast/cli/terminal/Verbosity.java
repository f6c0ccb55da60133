package dev.blast.cli.terminal;

/** How much is said on stderr beside errors. Results on stdout do not depend on it. */
public enum Verbosity {
    /** Errors only. */
    QUIET,
    /** Progress, warnings and the next step. */
    NORMAL,
    /** Also each item that is worked on. */
    VERBOSE
}
