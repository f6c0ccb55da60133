package dev.blast.cli.invocation;

/**
 * Ctrl-C, and SIGTERM: the thread at work is interrupted and gets time to undo what it has open;
 * then the JVM ends with 128 + signal, as it does by itself after its shutdown hooks. Killed
 * harder, the journal does the same at the next command.
 */
public final class Interruption {
    private static final int GRACE_MILLIS = 10_000;

    private volatile boolean underWay;

    private Interruption() {}

    /**
     * Only a signal starts the hook: a command that ends by itself ends by {@link Runtime#halt},
     * which runs none.
     */
    public static Interruption guard(Thread worker) {
        var interruption = new Interruption();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> interruption.end(worker), "interruption"));
        return interruption;
    }

    /** True once a signal came: from then on the JVM's exit code is its own business. */
    public boolean underWay() {
        return underWay;
    }

    private void end(Thread worker) {
        underWay = true;
        worker.interrupt();
        try {
            worker.join(GRACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
