package dev.blast.environment.ledger;

import dev.blast.packaging.Message;
import dev.blast.rules.fact.ViolationKind;

/** What a session ran into, as people read it. */
public final class ViolationText {
    private ViolationText() {}

    /** In a few words, without how often: {@code killed at the memory limit of 512 MiB}. */
    public static Message of(ViolationKind kind, String subject) {
        return switch (kind) {
            case CONNECT -> Message.of("refused to connect to %s", subject);
            case PATH -> Message.of("refused the path %s", subject);
            case MEMORY -> Message.of("beyond the memory limit of %s", subject);
            case PROCESSES -> Message.of("beyond the limit of %s processes", subject);
            case CPU -> Message.of("slowed down at its limit of %s", subject);
            case IO -> Message.of("slowed down at its rate of input and output, %s", subject);
            case DISK -> Message.of("beyond the limit of %s on the disk", subject);
            case FILES -> Message.of("beyond the limit of %s files", subject);
            case OPEN_FILES -> Message.of("beyond the limit of %s open files", subject);
            case FILE_SIZE -> Message.of("beyond the limit of %s for one file", subject);
            case SYSCALL -> Message.of("refused the system call %s", subject);
            case BOUNDARY -> Message.of("its sandbox is not as it was planned: %s", subject);
            case TIME -> Message.of("beyond the time limit of %s", subject);
        };
    }
}
