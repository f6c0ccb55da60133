package dev.blast.enforcer.plan;

/** The resources of setrlimit(2) that a policy can limit. */
public enum Resource {
    FILE_SIZE(1, "Max file size"),
    DATA(2, "Max data size"),
    CORE_SIZE(4, "Max core file size"),
    PROCESSES(6, "Max processes"),
    OPEN_FILES(7, "Max open files");

    private final int number;
    private final String line;

    Resource(int number, String line) {
        this.number = number;
        this.line = line;
    }

    public int number() {
        return number;
    }

    /** How its line in {@code /proc/PID/limits} begins. */
    public String line() {
        return line;
    }
}
