package dev.blast.enforcer.kernel;

import java.util.Optional;

/** A processor by its system call table. */
public enum Processor {
    X86_64("amd64", 0xC000003E),
    AARCH64("aarch64", 0xC00000B7);

    private final String javaName;
    private final int auditArchitecture;

    Processor(String javaName, int auditArchitecture) {
        this.javaName = javaName;
        this.auditArchitecture = auditArchitecture;
    }

    /**
     * {@code AUDIT_ARCH_…} of {@code linux/audit.h}: what seccomp sees as the architecture of a
     * call.
     */
    public int auditArchitecture() {
        return auditArchitecture;
    }

    public static Optional<Processor> named(String javaName) {
        for (Processor processor : values()) {
            if (processor.javaName.equals(javaName)) {
                return Optional.of(processor);
            }
        }
        return Optional.empty();
    }
}
