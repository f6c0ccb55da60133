package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.Canary;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.plan.Wall;
import dev.blast.enforcer.spawn.Overseer.Consequence;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.fact.ViolationKind;
import dev.blast.rules.verdict.Limit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The first process of a sandbox, from the outside. It is started by a thread of its own that then
 * does nothing but wait for it: the kernel kills the sandbox when the thread that started it ends,
 * and so when this process is killed.
 */
public final class SandboxProcess {
    private static final int SIGKILL = 9;
    private static final long MSG_NOSIGNAL = 0x4000;
    private static final long POLLIN = 1;
    private static final long INT_MAX = Integer.MAX_VALUE;
    private static final long FROZEN_MILLIS = 100;

    private final Kernel kernel;
    private final Plan plan;
    private final Surroundings surroundings;
    private final OpenDescriptors descriptors;
    private final Canary canary;
    private final boolean adopting;
    private final Freezer freezer;
    private final Attendants attendants;
    private final Oversight oversight;
    private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();
    private final Object pidfdLock = new Object();
    private volatile SelfReport report = SelfReport.NONE;
    private volatile Optional<LimitHit> excess = Optional.empty();
    private volatile Optional<Wall> lost = Optional.empty();
    private volatile Optional<ForGate> forGate = Optional.empty();
    private long pid;
    private long pidfd = -1;

    private SandboxProcess(
            Plan plan,
            Surroundings surroundings,
            OpenDescriptors descriptors,
            Canary canary,
            boolean adopting,
            Overseer overseer,
            Kernel kernel) {
        this.plan = plan;
        this.surroundings = surroundings;
        this.descriptors = descriptors;
        this.canary = canary;
        this.adopting = adopting;
        this.kernel = kernel;
        this.freezer =
                new Freezer(
                        surroundings.cgroups().birthplace(),
                        plan.has(Step.EnterRoot.class),
                        kernel);
        this.attendants = new Attendants(() -> signal(SIGKILL));
        this.oversight = new Oversight(overseer, freezer, () -> signal(SIGKILL), attendants);
    }

    /**
     * Returns when every step has gone through and the first process waits for {@link #release}.
     *
     * @param surroundings closed when the sandbox has ended, also where it never starts
     * @param canary what its first process looks at again and again
     * @param overseer told what it runs into
     * @param adopting whether {@link Orphans} become children of this process, which has no others
     */
    public static SandboxProcess spawn(
            Plan plan,
            Surroundings surroundings,
            Canary canary,
            boolean adopting,
            Overseer overseer,
            Kernel kernel)
            throws EnforcerException {
        OpenDescriptors descriptors;
        try {
            descriptors = OpenDescriptors.open(plan, canary, surroundings.cgroups(), kernel);
        } catch (EnforcerException e) {
            surroundings.close();
            throw e;
        }
        SandboxProcess process =
                new SandboxProcess(
                        plan, surroundings, descriptors, canary, adopting, overseer, kernel);
        Thread.ofPlatform().name("sandbox").daemon().start(process::startAndWait);
        try {
            process.started.join(); // short, and nothing could be done with half a start
            descriptors.closeForChild();
            return process;
        } catch (CompletionException e) {
            descriptors.close();
            if (e.getCause() instanceof EnforcerException refused) {
                throw refused;
            }
            throw new IllegalStateException("the sandbox thread failed", e.getCause());
        }
    }

    public long pid() {
        return pid;
    }

    /** -1 when the first process has ended. */
    public int pidfd() {
        synchronized (pidfdLock) {
            return (int) pidfd;
        }
    }

    /** The cgroups that were made for it. */
    public List<Path> groups() {
        return surroundings.cgroups().groups();
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** What the child said about itself before it went through execve. */
    SelfReport report() {
        return report;
    }

    /** What it keeps for a gate until {@link #release}; empty where the plan has none. */
    public Optional<ForGate> forGate() {
        return forGate;
    }

    KeptSockets keptSockets() {
        return new KeptSockets(kernel, pidfd(), forGate);
    }

    /** Lets the program go. Returns once it runs. */
    public void release() throws EnforcerException {
        try (NativeMemory memory = new NativeMemory()) {
            long word = memory.allocate(8);
            Step.Execute execute = plan.step(Step.Execute.class).orElseThrow();
            long sent =
                    kernel.call(Syscall.sendto, descriptors.starter(), word, 1, MSG_NOSIGNAL, 0, 0);
            if (sent < 0 && sent != -Errno.EPIPE.number()) { // it would be waited for in vain
                throw new EnforcerException(execute, Syscall.sendto, (int) -sent);
            }
            long read;
            do {
                read = kernel.call(Syscall.read, descriptors.starter(), word, 8);
            } while (read == -Errno.EINTR.number());
            descriptors.close();
            if (read == 8) { // else the line was closed by a successful execve
                throw new EnforcerException(execute, Syscall.execve, (int) -memory.getLong(word));
            }
        }
    }

    /** Whether its program has ended by itself: no signal did it, and nobody here. */
    public boolean hasExited() {
        return ended.isDone()
                && !ended.isCompletedExceptionally()
                && Ending.signal(ended.join().exitCode()) == 0;
    }

    public void signal(int number) {
        synchronized (pidfdLock) {
            if (pidfd >= 0) {
                kernel.call(Syscall.pidfd_send_signal, pidfd, number, 0, 0);
            }
        }
    }

    /**
     * Kills the first process, and with it all others of its pid namespace; returns when they are
     * gone, and what was made for them on the machine.
     */
    public void kill() {
        signal(SIGKILL);
        gone.join();
        descriptors.close();
    }

    /** Counts something that it ran into, and returns at once. */
    public void violated(ViolationKind kind, String subject) {
        oversight.happened(kind, subject);
    }

    /** Lets it go on where it was frozen; false where it stays so. */
    public boolean thaw() {
        return oversight.thaw();
    }

    public boolean isFrozen() {
        return oversight.isFrozen();
    }

    /** Returns when its processes are gone; what was made for them may be there still. */
    public Ending waitFor() throws InterruptedException {
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
            try {
                abandon();
            } finally {
                started.completeExceptionally(e);
            }
            return;
        }
        try {
            ended.complete(attend());
        } catch (RuntimeException | Error e) {
            started.completeExceptionally(e);
            ended.completeExceptionally(e);
        } finally {
            closePidfd();
            try {
                surroundings.close(); // which takes the kernel up to 20 ms
            } finally {
                gone.complete(null);
            }
        }
    }

    /** What was begun of it ends. */
    private void abandon() {
        if (pidfd >= 0) {
            signal(SIGKILL);
            waitForEnd(pid);
            closePidfd();
        }
        descriptors.closeReport();
        surroundings.close();
    }

    private void closePidfd() {
        synchronized (pidfdLock) {
            kernel.call(Syscall.close, pidfd);
            pidfd = -1;
        }
    }

    /** Until it has ended, which it has also where this fails. */
    private Ending attend() {
        Optional<LimitHit> late = Optional.empty();
        int exitCode;
        boolean attended = false;
        try {
            freezer.begin(pid);
            WallWatch walls = walls(); // looks at what there is before the program is let go
            started.complete(null);
            attendants.start("sandbox watch", this::watch);
            attendants.start("sandbox walls", () -> watch(walls));
            if (surroundings.use().isNeeded()) {
                attendants.start("sandbox use", this::measure);
            }
            if (surroundings.cgroups().areLimited()) {
                attendants.start("sandbox limits", this::count);
            }
            late = plan.timeSeconds().flatMap(this::endAt);
            attended = true;
        } finally {
            if (!attended) {
                signal(SIGKILL);
            }
            exitCode = exitCode(waitForEnd(pid));
            oversight.ended(exitCode);
            attendants.join(); // before the number of its pidfd can be another's
            descriptors.closeReport();
            if (!plan.has(Step.EnterRoot.class)) {
                surroundings.cgroups().killAll(); // no pid namespace has done it
            }
        }
        List<LimitHit> hits = new ArrayList<>(surroundings.cgroups().hits());
        excess.ifPresentOrElse(hits::add, () -> hits.addAll(surroundings.use().last()));
        late.ifPresent(hits::add);
        oversight.report(hits);
        oversight.close();
        attendants.check();
        return new Ending(exitCode, hits, surroundings.watch().changed(), lost);
    }

    private void watch() {
        if (surroundings.watch().waitForChange(pidfd)) {
            signal(SIGKILL);
            surroundings
                    .watch()
                    .changed()
                    .ifPresent(place ->
                            oversight.record(
                                    new Violation(ViolationKind.BOUNDARY, 1, place.toString())));
        }
    }

    private WallWatch walls() {
        Path first = Path.of("/proc", Long.toString(pid));
        return new WallWatch(
                canary,
                new OutsideWalls(plan, first, surroundings.cgroups()),
                first,
                !plan.has(Step.EnterRoot.class),
                oversight::isFrozen,
                kernel);
    }

    /** Where one does not stand, nothing waits for what rules say of it. */
    private void watch(WallWatch walls) {
        lost = walls.waitForLoss(descriptors.report(), pidfd);
        if (lost.isPresent()) {
            signal(SIGKILL);
            oversight.lost(new Violation(ViolationKind.BOUNDARY, 1, lost.get().title()));
        }
    }

    private void count() {
        CounterWatch.untilEnd(surroundings.cgroups(), pidfd, kernel, oversight::report);
    }

    /** A limit that ends a sandbox is put off once, where that is frozen instead. */
    private void measure() {
        Optional<LimitHit> found = surroundings.use().waitForExcess(pid, pidfd);
        if (found.isPresent() && oversight.report(found.get()) == Consequence.FREEZE) {
            oversight.awaitThaw();
            found = surroundings.use().waitForExcess(pid, pidfd);
        }
        if (found.isPresent()) {
            excess = found;
            signal(SIGKILL);
        }
    }

    /** The limit, where it had to be ended for it; after a freeze it has the same time again. */
    private Optional<LimitHit> endAt(Limit seconds) {
        LimitHit hit = new LimitHit("time", seconds, 1, seconds.amount());
        boolean ends = endsWithin(seconds);
        if (!ends && oversight.report(hit) == Consequence.FREEZE) {
            ends = endsWithin(seconds); // which also hears of an end while it is frozen
        }
        if (ends) {
            return Optional.empty();
        }
        signal(SIGKILL);
        return Optional.of(hit);
    }

    private void start() throws EnforcerException {
        try (NativeMemory memory = new NativeMemory()) {
            Assembler assembler =
                    new Assembler(plan.kernel().processor(), memory, descriptors.forChild());
            SpawnTable table = assembler.assemble(plan.steps());
            if (plan.kernel().userId() == 0) {
                // Of this thread alone, which lives as long as the sandbox: inside, root's other
                // groups open nothing. An ordinary user may not do it, see setgroups(2).
                kernel.call(Syscall.setgroups, 0, 0);
            }
            long result = kernel.spawn(table.write());
            if (result > 0) {
                pid = result;
                pidfd = memory.getInt(assembler.pidfdAddress());
            }
            report = assembler.report();
            forGate = assembler.forGate();
            Optional<StartFailure> failure = table.failure();
            if (failure.isPresent()) {
                throw new EnforcerException(failure.get());
            }
        }
    }

    /** A pidfd is readable when its process has ended. While it is frozen its time stands still. */
    private boolean endsWithin(Limit seconds) {
        long deadline =
                System.nanoTime() + seconds.amount() * 1_000_000_000L - oversight.frozenNanos();
        try (NativeMemory memory = new NativeMemory()) {
            // struct pollfd: int fd, short events, short revents
            long poll = memory.longs(pidfd | POLLIN << 32);
            while (true) {
                long end = deadline + oversight.frozenNanos();
                long left = Math.max(0, (end - System.nanoTime()) / 1_000_000);
                long wait = Math.clamp(left, oversight.isFrozen() ? FROZEN_MILLIS : 0, INT_MAX);
                if (kernel.call(Syscall.poll, poll, 1, wait) > 0) {
                    return true;
                }
                if (left == 0 && !oversight.isFrozen()) {
                    return false;
                }
            }
        }
    }

    private int waitForEnd(long child) {
        try (NativeMemory memory = new NativeMemory()) {
            long status = memory.allocate(8);
            while (true) {
                long ended = kernel.call(Syscall.wait4, adopting ? -1 : child, status, 0, 0);
                if (ended != -Errno.EINTR.number() && (ended == child || !adopting)) {
                    return memory.getInt(status);
                }
                // else a signal for this process, or the end of an orphan
            }
        }
    }

    /** From the status of wait(2) to what a shell calls the exit code. */
    static int exitCode(int status) {
        int signal = status & 0x7f;
        return signal == 0 ? (status >> 8) & 0xff : Ending.exitCode(signal);
    }
}
