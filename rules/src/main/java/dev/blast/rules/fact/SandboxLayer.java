package dev.blast.rules.fact;

import java.util.Locale;

/** A layer of the sandbox that a kernel may lack, or withhold from this user. */
public enum SandboxLayer {
    /**
     * Namespaces and a root of its own. An ordinary user gets them through a user namespace; root
     * has them without.
     */
    USER_NAMESPACE,
    NETWORK,
    CGROUP,
    SECCOMP,
    LANDLOCK,
    EGRESS;

    /** As people read and type it: what rules call it, in small letters. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
