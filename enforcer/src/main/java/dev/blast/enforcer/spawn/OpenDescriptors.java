package dev.blast.enforcer.spawn;

import static dev.blast.enforcer.kernel.Fcntl.AT_FDCWD;
import static dev.blast.enforcer.kernel.Fcntl.O_APPEND;
import static dev.blast.enforcer.kernel.Fcntl.O_CLOEXEC;
import static dev.blast.enforcer.kernel.Fcntl.O_CREAT;
import static dev.blast.enforcer.kernel.Fcntl.O_TRUNC;
import static dev.blast.enforcer.kernel.Fcntl.O_WRONLY;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.Canary;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.plan.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is opened on this side for one start, and closed again when the child has its copies. */
final class OpenDescriptors {
    private static final long AF_UNIX = 1;
    private static final long SOCK_STREAM_CLOEXEC = 1 | 02000000;

    /** Whoever writes never waits, and what is written stays one message. */
    private static final long SOCK_SEQPACKET_NONBLOCK_CLOEXEC = 5 | 04000 | 02000000;

    /**
     * Both outputs may go into one file, so each write goes to its end: O_WRONLY, O_CREAT, O_TRUNC,
     * O_APPEND.
     */
    private static final long WRITE_NEW = O_WRONLY | O_CREAT | O_TRUNC | O_APPEND;

    private static final long F_DUPFD_CLOEXEC = 1030;

    /** Above the numbers that the child gives to its own. */
    private static final long FIRST = 64;

    private final Kernel kernel;
    private final Set<Long> open = new TreeSet<>();
    private final Step step;
    private long starter;
    private long report = -1;
    private @Nullable Descriptors forChild;

    private OpenDescriptors(Kernel kernel, Step step) {
        this.kernel = kernel;
        this.step = step;
    }

    static OpenDescriptors open(Plan plan, Canary canary, SandboxCgroups cgroups, Kernel kernel)
            throws EnforcerException {
        Step.Descriptors step = plan.step(Step.Descriptors.class).orElseThrow();
        OpenDescriptors descriptors = new OpenDescriptors(kernel, step);
        try {
            descriptors.open(
                    step.stdio(), CanaryProgram.elf(canary, plan.kernel().processor()), cgroups);
            return descriptors;
        } catch (EnforcerException e) {
            descriptors.close();
            descriptors.closeReport();
            throw e;
        }
    }

    Descriptors forChild() {
        if (forChild == null) {
            throw new IllegalStateException("not open");
        }
        return forChild;
    }

    /** Our end of the line to the first process. */
    long starter() {
        return starter;
    }

    /**
     * Closes what the child has its own copies of. Our end of the line stays: it ends when the
     * child's end closes.
     */
    void closeForChild() {
        open.remove(starter);
        close();
        open.add(starter);
    }

    /**
     * Our end of the line on which the first process says how its walls are; until it is closed.
     */
    long report() {
        return report;
    }

    void closeReport() {
        if (report >= 0) {
            kernel.call(Syscall.close, report);
            report = -1;
        }
    }

    /** Closes everything else. */
    void close() {
        open.forEach(descriptor -> kernel.call(Syscall.close, descriptor));
        open.clear();
    }

    private void open(Stdio stdio, byte[] elf, SandboxCgroups cgroups) throws EnforcerException {
        refuseFolder(stdio.input(), 0);
        refuseFolder(stdio.output(), 1);
        refuseFolder(stdio.error(), 2);
        try (NativeMemory memory = new NativeMemory()) {
            long pair = memory.allocate(8);
            check(
                    Syscall.socketpair,
                    kernel.call(Syscall.socketpair, AF_UNIX, SOCK_STREAM_CLOEXEC, 0, pair));
            open.addAll(List.of((long) memory.getInt(pair), (long) memory.getInt(pair + 4)));
            starter = keep(memory.getInt(pair));
            int control = (int) keep(memory.getInt(pair + 4));
            check(
                    Syscall.socketpair,
                    kernel.call(
                            Syscall.socketpair, AF_UNIX, SOCK_SEQPACKET_NONBLOCK_CLOEXEC, 0, pair));
            open.add((long) memory.getInt(pair + 4));
            report = moved(memory.getInt(pair));
            int said = (int) keep(memory.getInt(pair + 4));
            int init = (int) keep(InitFile.open(kernel, memory, step, elf));
            List<@Nullable Integer> standard =
                    Arrays.asList(
                            file(memory, stdio.input(), 0),
                            file(memory, stdio.output(), WRITE_NEW),
                            file(memory, stdio.error(), WRITE_NEW));
            List<Integer> joins = new ArrayList<>();
            for (Path join : cgroups.joins()) {
                joins.add(Objects.requireNonNull(file(memory, join, O_WRONLY)));
            }
            Integer birthplace = file(memory, cgroups.birthplace().orElse(null), 0);
            forChild = new Descriptors(control, said, init, standard, joins, birthplace);
        }
    }

    /** An open folder of the machine's is a way out, whatever its path inside. */
    private void refuseFolder(@Nullable Path redirected, int inherited) throws EnforcerException {
        if (redirected == null && Files.isDirectory(Path.of("/proc/self/fd/" + inherited))) {
            throw new EnforcerException(new StartFailure.FolderAsStream(inherited));
        }
    }

    private @Nullable Integer file(NativeMemory memory, @Nullable Path path, long flags)
            throws EnforcerException {
        if (path == null) {
            return null;
        }
        long opened =
                kernel.call(
                        Syscall.openat,
                        AT_FDCWD,
                        memory.text(path.toString()),
                        flags | O_CLOEXEC,
                        0666);
        return (int) keep(check(Syscall.openat, opened));
    }

    /** Moves a descriptor out of the way of 0 to 5 and remembers it. */
    private long keep(long descriptor) throws EnforcerException {
        long moved = moved(descriptor);
        open.add(moved);
        return moved;
    }

    private long moved(long descriptor) throws EnforcerException {
        long moved = kernel.call(Syscall.fcntl, descriptor, F_DUPFD_CLOEXEC, FIRST);
        kernel.call(Syscall.close, descriptor);
        open.remove(descriptor);
        check(Syscall.fcntl, moved);
        return moved;
    }

    private long check(Syscall syscall, long result) throws EnforcerException {
        if (result < 0) {
            throw new EnforcerException(step, syscall, (int) -result);
        }
        return result;
    }
}
