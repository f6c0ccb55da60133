package dev.blast.enforcer.plan;

/** The resources of setrlimit(2) that a policy can limit. */
public enum Resource {
    FILE_SIZE(1, "the size of a file", "Max file size"),
    DATA(2, "the memory of one process", "Max data size"),
    CORE_SIZE(4, "the size of a core dump", "Max core file size"),
    PROCESSES(6, "processes", "Max processes"),
    OPEN_FILES(7, "open files", "Max open files");

    private final int number;
    private final String title;
    private final String line;

    Resource(int number, String title, String line) {
        this.number = number;
        this.title = title;
        this.line = line;
    }

    public int number() {
        return number;
    }

    String title() {
        return title;
    }

    /** How its line in {@code /proc/PID/limits} begins. */
    public String line() {
        return line;
    }
}
