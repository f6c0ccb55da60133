package dev.blast.rules.fact;

import java.util.Locale;

/** What a program ran into, or what was wrong about its sandbox. */
public enum ViolationKind {
    /** A connection, or the look-up of a name, that rules refuse. */
    CONNECT,
    /** A path that rules do not grant. */
    PATH,
    MEMORY,
    PROCESSES,
    /** It was held back at its share of the processors. */
    CPU,
    /** It was held back at its rate of input and output. */
    IO,
    DISK,
    FILES,
    OPEN_FILES,
    FILE_SIZE,
    /** A system call that the filter refuses. */
    SYSCALL,
    /** A wall of the sandbox is not as it was planned. */
    BOUNDARY,
    TIME;

    /** Whether anybody but the program hears of it. */
    public boolean isSeen() {
        return switch (this) {
            case CONNECT, MEMORY, PROCESSES, CPU, IO, DISK, FILES, BOUNDARY, TIME -> true;
            case PATH, OPEN_FILES, FILE_SIZE, SYSCALL -> false;
        };
    }

    /** As people call it: {@code open files}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
