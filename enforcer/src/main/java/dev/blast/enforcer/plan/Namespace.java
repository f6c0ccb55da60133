package dev.blast.enforcer.plan;

/** The kinds of namespaces(7), by their flag for clone and their link in {@code /proc/PID/ns}. */
public enum Namespace {
    USER(0x10000000L, "user"),
    MOUNT(0x00020000L, "mnt"),
    PID(0x20000000L, "pid"),
    IPC(0x08000000L, "ipc"),
    UTS(0x04000000L, "uts"),
    NETWORK(0x40000000L, "net"),
    CGROUP(0x02000000L, "cgroup");

    private final long cloneFlag;
    private final String link;

    Namespace(long cloneFlag, String link) {
        this.cloneFlag = cloneFlag;
        this.link = link;
    }

    public long cloneFlag() {
        return cloneFlag;
    }

    public String link() {
        return link;
    }
}
