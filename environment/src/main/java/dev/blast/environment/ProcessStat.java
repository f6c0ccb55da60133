package dev.blast.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the kernel says of one process in {@code /proc/PID/stat}, see proc_pid_stat(5).
 *
 * @param name of its program, which may call itself anything
 * @param state the letter: {@code R S D T t Z X}
 * @param parent the number of the process whose child it is now
 * @param group the number of its process group
 * @param terminal of the device that is its controlling terminal; 0 where it has none
 * @param started clock ticks since boot
 */
public record ProcessStat(
        long pid, String name, char state, long parent, long group, long terminal, long started) {
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int GROUP = 2;
    private static final int TERMINAL = 4;
    private static final int STARTED = 19;

    /** Of the process that has this number now; empty where none has. */
    public static Optional<ProcessStat> of(long pid) {
        try {
            return Optional.of(
                    parse(
                            Files.readString(
                                    Path.of("/proc", Long.toString(pid), "stat"),
                                    StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            return Optional.empty(); // no such process
        }
    }

    /** The second field stands in brackets and may hold anything, brackets and line ends too. */
    static ProcessStat parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        String[] afterName = line.substring(close + 2).split(" ", -1);
        return new ProcessStat(
                Long.parseLong(line.substring(0, open).strip()),
                line.substring(open + 1, close),
                afterName[STATE].charAt(0),
                Long.parseLong(afterName[PARENT]),
                Long.parseLong(afterName[GROUP]),
                Long.parseLong(afterName[TERMINAL]),
                Long.parseLong(afterName[STARTED]));
    }

    /** A zombie runs no more; its parent need not know yet. */
    public boolean hasEnded() {
        return state == 'Z' || state == 'X';
    }

    /** By a signal, or by who traces it. */
    public boolean isStopped() {
        return state == 'T' || state == 't';
    }

    /** Whether it has a terminal, and a group of its own there, as an interactive shell has. */
    public boolean leadsOnTerminal() {
        return terminal != 0 && group == pid;
    }

    public ProcessMark mark() {
        return new ProcessMark(pid, started);
    }
}
