package dev.blast.cli.invocation;

/**
 * The exit codes of every command but {@code run} and {@code shell}, which return their child's.
 */
public enum Exit {
    DONE(0),
    /**
     * Findings, a refusal by policy, or a world that did not allow it: a dead index, a full disk, a
     * file that cannot be read.
     */
    FINDINGS(1),
    /** Not understood: the command line, or what a person wrote in a file of the project. */
    USAGE(2),
    NO_SOLUTION(3),
    /** Somebody else holds the environment, or time ran out. */
    LOCKED(4),
    /** A layer of the sandbox is missing in this kernel; EX_UNAVAILABLE of sysexits(3). */
    LAYER_MISSING(69),
    /** A bug in Blast; EX_SOFTWARE of sysexits(3). */
    BUG(70),
    /** 128 + SIGINT, as shells count. */
    INTERRUPTED(130);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
