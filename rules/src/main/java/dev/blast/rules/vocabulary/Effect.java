package dev.blast.rules.vocabulary;

/**
 * What an answer does to what is possible, which decides whose files may give it. Everything counts
 * from a file that somebody stands behind: what is shipped, what only root or only the person may
 * write, what is trusted. The others are strangers' here.
 */
public enum Effect {
    /** Counts from every file. */
    NARROWS("every file"),
    /** From a stranger's it never counts. */
    OPENS("trusted files"),
    /** From a stranger's where no file of the system or the person chooses. */
    CHOOSES("trusted files; others where no file of the system or of yours chooses"),
    /** From a stranger's where nobody else says what it is. */
    DEFINES("trusted files; others for names that nobody else defines"),
    /** From a stranger's where no file of the system or the person weighs versions. */
    WEIGHS("trusted files; others where no file of the system or of yours weighs versions"),
    /** From a stranger's where it is dearer than what the others say. */
    PRICES("trusted files; others where it is dearer");

    private final String countsFrom;

    Effect(String countsFrom) {
        this.countsFrom = countsFrom;
    }

    /** From whose files it counts: for the reference. */
    public String countsFrom() {
        return countsFrom;
    }
}
