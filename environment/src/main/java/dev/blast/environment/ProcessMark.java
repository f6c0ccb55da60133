package dev.blast.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * One process, not merely one number: {@code started} is field 22 of {@code /proc/PID/stat} (clock
 * ticks since boot, see proc_pid_stat(5)), which differs when the number is used again.
 */
public record ProcessMark(long pid, long started) {
    /** The process this code runs in. */
    public static ProcessMark self() {
        return of(ProcessHandle.current().pid());
    }

    /**
     * The process that has this number now; one that does not exist gets a mark that is never
     * alive.
     */
    public static ProcessMark of(long pid) {
        return new ProcessMark(pid, startOf(pid).orElse(-1));
    }

    /** Whether exactly this process still runs (a zombie does not). */
    public boolean isAlive() {
        OptionalLong now = startOf(pid);
        return started >= 0 && now.isPresent() && now.getAsLong() == started;
    }

    private static OptionalLong startOf(long pid) {
        try {
            String stat =
                    Files.readString(
                            Path.of("/proc", Long.toString(pid), "stat"),
                            StandardCharsets.ISO_8859_1);
            // the second field is the program's name in brackets and may hold anything, brackets
            // too
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            boolean dead = afterName[0].equals("Z") || afterName[0].equals("X");
            return dead ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(afterName[19]));
        } catch (IOException e) {
            return OptionalLong.empty(); // no such process
        }
    }
}
