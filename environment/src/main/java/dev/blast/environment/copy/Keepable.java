package dev.blast.environment.copy;

/** Whether a change can be kept. */
public sealed interface Keepable {
    /** With all others. */
    record Free() implements Keepable {}

    /**
     * Only by somebody who names it.
     *
     * @param why what it would do here, as half a sentence
     */
    record OnlyNamed(String why) implements Keepable {}

    /**
     * Never.
     *
     * @param why as half a sentence
     */
    record Never(String why) implements Keepable {}

    Keepable FREE = new Free();

    static Keepable conflict() {
        return new Never("it was changed here meanwhile");
    }
}
