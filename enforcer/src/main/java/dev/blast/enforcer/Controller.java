package dev.blast.enforcer;

/** The cgroup controllers that a policy's limits need. */
enum Controller {
    MEMORY("memory"),
    PIDS("pids"),
    CPU("cpu");

    private final String kernelName;

    Controller(String kernelName) {
        this.kernelName = kernelName;
    }

    String kernelName() {
        return kernelName;
    }
}
