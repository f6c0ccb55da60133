package dev.blast.rules.fact;

/** The layers of the sandbox that a kernel may or may not have. */
public enum SandboxLayer {
    USER_NAMESPACE,
    NETWORK,
    CGROUP,
    SECCOMP,
    LANDLOCK,
    EGRESS
}
