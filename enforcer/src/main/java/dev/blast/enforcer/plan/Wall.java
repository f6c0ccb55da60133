package dev.blast.enforcer.plan;

/** What a sandbox consists of, as people read it where one does not stand. */
public enum Wall {
    /** Processes outside are not there. */
    PROCESSES("the pid namespace"),
    /** What no rule grants is not there. */
    ROOT("the root"),
    MOUNTS("the mounts"),
    NETWORK("the network"),
    CGROUPS("the cgroups"),
    SECCOMP("seccomp"),
    LANDLOCK("Landlock"),
    NO_NEW_PRIVILEGES("no new privileges"),
    CAPABILITIES("the capabilities"),
    /** Nothing is known of any, since the first process does not say anything. */
    ANSWER("its first process does not answer");

    private final String title;

    Wall(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
