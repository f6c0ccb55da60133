package dev.blast.enforcer;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The first process of a sandbox, from the outside. It is started by a thread of its own that then
 * does nothing but wait for it: the kernel kills the sandbox when the thread that started it ends,
 * and so when this process is killed.
 */
final class SandboxProcess {
    private static final long SIGKILL = 9;
    private static final long EINTR = 4;
    private static final long MSG_NOSIGNAL = 0x4000;

    private final Kernel kernel;
    private final Plan plan;
    private final CompletableFuture<Long> started = new CompletableFuture<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final OpenDescriptors descriptors;
    private long pid;
    private long pidfd = -1;

    private SandboxProcess(Plan plan, Kernel kernel) throws EnforcerException {
        this.plan = plan;
        this.kernel = kernel;
        this.descriptors = OpenDescriptors.open(plan, kernel);
    }

    /**
     * Returns when every step has gone through and the first process waits for {@link #release}.
     */
    static SandboxProcess spawn(Plan plan, Kernel kernel) throws EnforcerException {
        SandboxProcess process = new SandboxProcess(plan, kernel);
        Thread.ofPlatform().name("sandbox").daemon().start(process::startAndWait);
        try {
            process.pid = process.started.get();
            process.descriptors.closeForChild();
            return process;
        } catch (ExecutionException e) {
            process.descriptors.close();
            if (e.getCause() instanceof EnforcerException refused) {
                throw refused;
            }
            throw new IllegalStateException("the sandbox thread failed", e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while a sandbox was starting", e);
        }
    }

    long pid() {
        return pid;
    }

    /** Lets the program go. Returns once it runs. */
    void release() throws EnforcerException {
        try (NativeMemory memory = new NativeMemory()) {
            long word = memory.allocate(8);
            kernel.call(Syscall.sendto, descriptors.starter(), word, 1, MSG_NOSIGNAL, 0, 0);
            long read;
            do {
                read = kernel.call(Syscall.read, descriptors.starter(), word, 8);
            } while (read == -EINTR);
            descriptors.close();
            if (read == 8) { // else the line was closed by a successful execve
                Step.Execute execute = plan.step(Step.Execute.class).orElseThrow();
                throw StartFailure.of(execute, Syscall.execve, (int) -memory.getLong(word));
            }
        }
    }

    void signal(int number) {
        if (!ended.isDone()) {
            kernel.call(Syscall.pidfd_send_signal, pidfd, number, 0, 0);
        }
    }

    /**
     * Kills the first process, and with it all others of its pid namespace; returns when they are
     * gone.
     */
    void kill() {
        signal((int) SIGKILL);
        descriptors.close();
        ended.join();
    }

    int waitFor() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the sandbox thread failed", e.getCause());
        }
    }

    private void startAndWait() {
        try {
            start();
        } catch (EnforcerException | RuntimeException | Error e) {
            started.completeExceptionally(e);
            return;
        }
        ended.complete(exitCode(waitForEnd(pid)));
        kernel.call(Syscall.close, pidfd);
    }

    private void start() throws EnforcerException {
        try (NativeMemory memory = new NativeMemory()) {
            Assembler assembler =
                    new Assembler(plan.kernel().processor(), memory, descriptors.forChild());
            SpawnTable table = assembler.assemble(plan.typedSteps());
            long result = kernel.spawn(table.write());
            Optional<SpawnTable.Row> failed = table.failed();
            if (result > 0) {
                pidfd = memory.getInt(assembler.pidfdAddress());
            }
            if (failed.isPresent()) {
                if (result > 0) {
                    waitForEnd(result);
                    kernel.call(Syscall.close, pidfd);
                }
                SpawnTable.Row row = failed.get();
                throw StartFailure.of(
                        row.step(),
                        row.comparison() ? Syscall.statx : row.syscall(),
                        (int) -row.result());
            }
            pid = result;
        }
        started.complete(pid);
    }

    private int waitForEnd(long child) {
        try (NativeMemory memory = new NativeMemory()) {
            long status = memory.allocate(8);
            while (kernel.call(Syscall.wait4, child, status, 0, 0) == -EINTR) {
                // a signal for this process, not the end of the child
            }
            return memory.getInt(status);
        }
    }

    /** From the status of wait(2) to what a shell calls the exit code. */
    static int exitCode(int status) {
        int signal = status & 0x7f;
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }
}
