package dev.blast.index.http;

import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for the network that an interruption ends. A platform thread that reads from a socket
 * hears none, and no thread does that has a name looked up: a virtual one does it in its place.
 */
final class Interruptible {
    /** For one that has heard it too, to take away what it began to write. */
    private static final Duration LAST = Duration.ofMillis(200);

    private Interruptible() {}

    /**
     * Does work that throws an {@link IndexException} or what is unchecked.
     *
     * @throws IndexException of kind NETWORK after an interruption, which the thread keeps; the
     *     work has ended then, or does so once its look-up of a name ends
     */
    static <T extends @Nullable Object> T call(Callable<T> work) throws IndexException {
        var task = new FutureTask<T>(work);
        Thread thread = Thread.ofVirtual().name("blast-http").start(task);
        try {
            return await(task);
        } finally {
            if (!task.isDone()) {
                thread.interrupt();
                leave(thread);
            }
        }
    }

    /** The caller is interrupted already, and stays so. */
    private static void leave(Thread thread) {
        boolean again = Thread.interrupted();
        try {
            thread.join(LAST);
        } catch (InterruptedException e) {
            again = true;
        }
        if (again) {
            Thread.currentThread().interrupt();
        }
    }

    /** What somebody else brings. */
    static <T extends @Nullable Object> T await(Future<T> result) throws IndexException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IndexException failure -> throw failure;
                case RuntimeException bug -> throw bug;
                case Error bug -> throw bug;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexException(Kind.NETWORK, "interrupted while waiting for an index", e);
        }
    }
}
