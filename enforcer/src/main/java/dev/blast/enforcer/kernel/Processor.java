package dev.blast.enforcer.kernel;

import java.util.Optional;

/** A processor by its system call table. */
public enum Processor {
    X86_64("amd64", 0xC000003E, 62),
    AARCH64("aarch64", 0xC00000B7, 183);

    private final String javaName;
    private final int auditArchitecture;
    private final int elfMachine;

    Processor(String javaName, int auditArchitecture, int elfMachine) {
        this.javaName = javaName;
        this.auditArchitecture = auditArchitecture;
        this.elfMachine = elfMachine;
    }

    /**
     * {@code AUDIT_ARCH_…} of {@code linux/audit.h}: what seccomp sees as the architecture of a
     * call.
     */
    public int auditArchitecture() {
        return auditArchitecture;
    }

    /** {@code EM_…} of {@code linux/elf-em.h}. */
    short elfMachine() {
        return (short) elfMachine;
    }

    /** That of this machine; empty where its calls and its code are not known here. */
    public static Optional<Processor> here() {
        return named(System.getProperty("os.arch"));
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
