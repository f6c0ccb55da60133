package dev.blast.enforcer.gate;

import dev.blast.enforcer.gate.SyscallListener.Call;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.PathCalls;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells of what the program of a witnessed session names and is refused. It is no wall: what goes
 * on is judged by mounts and Landlock, and a path may be another one by then. For one thread.
 */
final class Witness {
    private static final int WRITES = 3 | 0100; // O_WRONLY, O_RDWR, O_CREAT

    private final Kernel kernel;
    private final SyscallListener listener;
    private final long first;
    private final Gatekeeper keeper;
    private final Map<Integer, Syscall> numbers = new HashMap<>();

    /**
     * @param first the sandbox's first process, which looks at its walls and is not told of
     */
    Witness(
            Kernel kernel,
            SyscallListener listener,
            long first,
            Processor processor,
            Gatekeeper keeper) {
        this.first = first;
        this.kernel = kernel;
        this.listener = listener;
        this.keeper = keeper;
        for (Syscall syscall : Syscall.values()) {
            numbers.put(syscall.number(processor), syscall);
        }
    }

    /** A call that is neither connect(2) nor listen(2). */
    void answer(Call call) {
        Syscall syscall = numbers.get(call.number());
        PathCalls.Place place = syscall == null ? null : PathCalls.PLACES.get(syscall);
        if (syscall == null || place == null) {
            if (call.thread() != first) {
                keeper.refuses(syscall == null ? Integer.toString(call.number()) : syscall.name());
            }
            listener.answer(call, -Errno.EPERM.number());
            return;
        }
        try (WaitingThread caller = new WaitingThread(kernel, call.thread())) {
            Path path = path(caller, call, place);
            if (path != null && call.thread() != first && listener.waits(call)) {
                keeper.names(path, use(syscall, call, place));
            }
        } finally {
            listener.goOn(call);
        }
    }

    private static @Nullable Path path(WaitingThread caller, Call call, PathCalls.Place place) {
        String named = caller.pathAt(argument(call, place.path()));
        if (named == null || named.isEmpty()) {
            return null;
        }
        if (named.startsWith("/")) {
            return Path.of(named).normalize();
        }
        Path folder =
                place.folder() < 0
                        ? caller.folder()
                        : caller.folder((int) argument(call, place.folder()));
        return folder == null ? null : folder.resolve(named).normalize();
    }

    private static PathUse use(Syscall syscall, Call call, PathCalls.Place place) {
        if (syscall == Syscall.execve) {
            return PathUse.RUN;
        }
        if (place.flags() < 0) {
            return PathUse.LOOK;
        }
        return (argument(call, place.flags()) & WRITES) == 0 ? PathUse.READ : PathUse.WRITE;
    }

    private static long argument(Call call, int index) {
        return switch (index) {
            case 0 -> call.first();
            case 1 -> call.second();
            default -> call.third();
        };
    }
}
