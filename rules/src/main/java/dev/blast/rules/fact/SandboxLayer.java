package dev.blast.rules.fact;

/** A layer of the sandbox that a kernel may lack, or withhold from this user. */
public enum SandboxLayer {
    /**
     * Namespaces and a root of its own. An ordinary user gets them through a user namespace; root
     * has them without.
     */
    USER_NAMESPACE("namespaces"),
    NETWORK("network"),
    CGROUP("cgroups"),
    SECCOMP("seccomp"),
    LANDLOCK("Landlock"),
    EGRESS("egress by name");

    private final String title;

    SandboxLayer(String title) {
        this.title = title;
    }

    /** As people read it. */
    public String title() {
        return title;
    }
}
