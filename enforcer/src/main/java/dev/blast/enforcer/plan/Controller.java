package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import org.jspecify.annotations.Nullable;

/** The cgroup controllers that a policy's limits need. */
public enum Controller {
    MEMORY("memory"),
    PIDS("pids"),
    CPU("cpu"),
    IO("io");

    private final String kernelName;

    Controller(String kernelName) {
        this.kernelName = kernelName;
    }

    /** As version 2 calls it. */
    public String kernelName() {
        return kernelName;
    }

    /** As version 1 calls it. */
    public String version1Name() {
        return this == IO ? "blkio" : kernelName;
    }

    /** The limit that it enforces; null where there is none. */
    public @Nullable Limit limit(Limits limits) {
        return switch (this) {
            case MEMORY -> limits.memoryBytes();
            case PIDS -> limits.processes();
            case CPU -> limits.cpuMillis();
            case IO -> limits.ioBytesPerSecond();
        };
    }
}
