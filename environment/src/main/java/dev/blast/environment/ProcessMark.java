package dev.blast.environment;

/**
 * One process, not merely one number: {@code started} is field 22 of {@code /proc/PID/stat} (clock
 * ticks since boot, see proc_pid_stat(5)), which differs when the number is used again.
 */
public record ProcessMark(long pid, long started) {
    private static final long NEVER = -1;

    /** The process this code runs in. */
    public static ProcessMark self() {
        return of(ProcessHandle.current().pid());
    }

    /**
     * The process that has this number now; one that does not exist gets a mark that is never
     * alive.
     */
    public static ProcessMark of(long pid) {
        return ProcessStat.of(pid)
                .filter(stat -> !stat.hasEnded())
                .map(ProcessStat::mark)
                .orElse(new ProcessMark(pid, NEVER));
    }

    /** Whether exactly this process still runs (a zombie does not). */
    public boolean isAlive() {
        return started != NEVER && of(pid).equals(this);
    }
}
