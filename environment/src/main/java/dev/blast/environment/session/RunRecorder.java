package dev.blast.environment.session;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.spawn.LookPace;
import dev.blast.enforcer.spawn.SandboxLook;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks at a run while it goes on: some times at once, so that something is seen of a short one,
 * then four times a second, and more rarely where looking takes long. A thread of its own looks;
 * the methods may be called by any.
 */
public final class RunRecorder implements AutoCloseable {
    /** After the first look too, which takes long because it is the first. */
    private static final long FIRST_MILLIS = 10;

    private static final long MILLIS = 250;

    private final long first;
    private final List<Path> groups;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final LooksInOrder looks;

    private RunRecorder(long first, List<Path> groups, Instant began) {
        this.first = first;
        this.groups = groups;
        this.looks = new LooksInOrder(began);
    }

    /**
     * Begins to look.
     *
     * @param first the sandbox's first process
     * @param groups that were made for it
     */
    static RunRecorder begin(long first, List<Path> groups) {
        var recorder = new RunRecorder(first, groups, Instant.now());
        Thread.ofPlatform().name("recorder").daemon().start(recorder::look);
        return recorder;
    }

    private void look() {
        long usual = FIRST_MILLIS;
        var pace = new LookPace(Kernel.linux());
        try {
            while (true) {
                pace.begin();
                SandboxLook look = SandboxLook.of(first, groups);
                long pause = usual == FIRST_MILLIS ? usual : pace.pause(usual);
                synchronized (looks) {
                    if (ended.getCount() == 0) {
                        return;
                    }
                    looks.add(look);
                }
                if (ended.await(pause, TimeUnit.MILLISECONDS)) {
                    return;
                }
                usual = Math.min(MILLIS, usual * 2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it: what was seen until now. */
    public RunCourse end() {
        synchronized (looks) {
            ended.countDown();
            return looks.ended(Instant.now());
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
