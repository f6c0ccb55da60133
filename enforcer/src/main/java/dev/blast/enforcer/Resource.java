package dev.blast.enforcer;

/** The resources of setrlimit(2) that a policy can limit. */
enum Resource {
    FILE_SIZE(1, "the size of a file"),
    DATA(2, "the memory of one process"),
    CORE_SIZE(4, "the size of a core dump"),
    PROCESSES(6, "processes"),
    OPEN_FILES(7, "open files");

    private final int number;
    private final String title;

    Resource(int number, String title) {
        this.number = number;
        this.title = title;
    }

    int number() {
        return number;
    }

    String title() {
        return title;
    }
}
