package dev.blast.enforcer.spawn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The threads without which a sandbox must not run: where one of them fails, all of it is ended.
 * Safe on any thread.
 */
final class Attendants {
    private final Runnable kill;
    private final List<Thread> threads = new ArrayList<>();
    private @Nullable Throwable failure;

    /**
     * Of one sandbox.
     *
     * @param kill ends all of it
     */
    Attendants(Runnable kill) {
        this.kill = kill;
    }

    void start(String name, Runnable work) {
        Thread thread = Thread.ofPlatform().name(name).daemon().unstarted(guarded(work));
        synchronized (this) {
            threads.add(thread);
        }
        thread.start();
    }

    /** The same work, for a thread that is not waited for here. */
    Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        };
    }

    private void fail(Throwable cause) {
        synchronized (this) {
            if (failure == null) {
                failure = cause;
            }
        }
        kill.run();
    }

    /** Waits for those that were started; nothing interrupts who does. */
    void join() {
        List<Thread> all;
        synchronized (this) {
            all = List.copyOf(threads);
        }
        try {
            for (Thread thread : all) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("the sandbox thread was interrupted", e);
        }
    }

    /**
     * Does nothing where none failed.
     *
     * @throws IllegalStateException for the first that did
     */
    synchronized void check() {
        if (failure != null) {
            throw new IllegalStateException("a thread beside the sandbox failed", failure);
        }
    }
}
