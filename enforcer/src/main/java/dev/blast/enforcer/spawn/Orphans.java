package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program leaves behind where no pid namespace of its own ends it: it becomes a child of
 * this process instead of the machine's first one (PR_SET_CHILD_SUBREAPER), where it is found. A
 * process that has no other children meanwhile can end it with its sandbox.
 */
public final class Orphans implements AutoCloseable {
    private static final long PR_SET_CHILD_SUBREAPER = 36;
    private static final int SIGKILL = 9;
    private static final long WNOHANG = 1;
    private static final long PAUSE_MILLIS = 5;

    /** What SIGKILL does not end in so many tries waits in the kernel; it is left to that. */
    private static final int TRIES = 200;

    private final Kernel kernel;

    private Orphans(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Null where the plan's pid namespace sees to it, or this kernel does not have it. */
    public static @Nullable Orphans adopted(Plan plan, Kernel kernel) {
        if (plan.has(Step.EnterRoot.class)
                || kernel.call(Syscall.prctl, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) < 0) {
            return null;
        }
        return new Orphans(kernel);
    }

    /** Kills them, and what becomes an orphan by that, until there are none. */
    @Override
    public void close() {
        try (NativeMemory memory = new NativeMemory()) {
            long status = memory.allocate(8);
            for (int tries = 0; tries < TRIES && !reaped(status); tries++) {
                // nobody but us waits for a child, so its number is its own until then
                children().forEach(child -> kernel.call(Syscall.kill, child, SIGKILL));
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            kernel.call(Syscall.prctl, PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
        }
    }

    /** Takes note of those that have ended; whether no child is left. */
    private boolean reaped(long status) {
        long result;
        do {
            result = kernel.call(Syscall.wait4, -1, status, WNOHANG, 0);
        } while (result > 0);
        return result == -Errno.ECHILD.number();
    }

    private static List<Long> children() {
        var children = new ArrayList<Long>();
        String self = " " + ProcessHandle.current().pid() + " ";
        try (DirectoryStream<Path> processes =
                Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
            for (Path process : processes) {
                for (String line : Lines.of(process.resolve("stat"))) {
                    // PID (NAME) STATE PARENT …, and a name may hold anything
                    if (line.startsWith(self, line.lastIndexOf(')') + 3)) {
                        children.add(Long.parseLong(process.getFileName().toString()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return children;
    }
}
