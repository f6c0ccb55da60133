package dev.blast.enforcer.plan;

/** The cgroup controllers that a policy's limits need. */
public enum Controller {
    MEMORY("memory"),
    PIDS("pids"),
    CPU("cpu");

    private final String kernelName;

    Controller(String kernelName) {
        this.kernelName = kernelName;
    }

    public String kernelName() {
        return kernelName;
    }
}
