package dev.blast.environment;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Runs something as an ordinary user would, also where these tests run as root. */
public final class Unprivileged {
    private static final int LINUX_CAPABILITY_VERSION_3 = 0x20080522;

    private Unprivileged() {}

    /** On a thread of its own, whose capabilities it gives up: capset(2) is about one thread. */
    public static <T> T run(Callable<T> action) throws Exception {
        var task =
                new FutureTask<T>(() -> {
                    try (var memory = new NativeMemory()) {
                        long result =
                                Kernel.linux()
                                        .call(
                                                Syscall.capset,
                                                memory.longs(LINUX_CAPABILITY_VERSION_3),
                                                memory.longs(0, 0, 0));
                        if (result != 0) {
                            throw new IllegalStateException("capset: " + result);
                        }
                    }
                    return action.call();
                });
        Thread.ofPlatform().start(task);
        return task.get();
    }
}
