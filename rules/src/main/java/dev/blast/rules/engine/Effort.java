package dev.blast.rules.engine;

import dev.blast.rules.checked.Undecided;

/**
 * What one question may cost: attempts to match, time, and the characters of its answers. Used by
 * one thread, once.
 */
public final class Effort {
    /** Attempts to match a pattern. The same on every machine, unlike the deadline behind it. */
    private static final int MAX_STEPS = 500_000;

    private static final long DEADLINE_NANOS = 5_000_000_000L;

    /** Of the texts of all answers together. */
    private static final int MAX_CHARACTERS = 2_000_000;

    /** The clock costs as much as a test does; a test of the slowest kind takes milliseconds. */
    private static final int LOOKS = 0x3f;

    /**
     * The one that runs in this thread: the engine gives tests of a single fact nothing but the
     * fact.
     */
    static final ScopedValue<Effort> RUNNING = ScopedValue.newInstance();

    private final long start = System.nanoTime();
    private int steps;
    private int tests;
    private int characters;

    /** Counts one attempt to match. */
    public void step() {
        if (++steps > MAX_STEPS) {
            throw new Undecided(
                    "the rules were broken off after %,d attempts to match".formatted(MAX_STEPS));
        }
        test();
    }

    /** Looks at the clock now and then. */
    void test() {
        if ((++tests & LOOKS) == 0) {
            look();
        }
    }

    /** Counts what an answer says. */
    void say(int length) {
        characters += length;
        if (characters > MAX_CHARACTERS) {
            throw new Undecided(
                    "the rules were broken off after %,d characters of answers"
                            .formatted(MAX_CHARACTERS));
        }
        look();
    }

    private void look() {
        if (System.nanoTime() - start > DEADLINE_NANOS) {
            throw new Undecided(
                    "the rules were broken off after %d s"
                            .formatted(DEADLINE_NANOS / 1_000_000_000));
        }
    }
}
