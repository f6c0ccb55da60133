package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import org.jspecify.annotations.Nullable;

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

    /** The limit that it enforces; null where there is none. */
    public @Nullable Limit limit(Limits limits) {
        return switch (this) {
            case MEMORY -> limits.memoryBytes();
            case PIDS -> limits.processes();
            case CPU -> limits.cpuMillis();
        };
    }
}
