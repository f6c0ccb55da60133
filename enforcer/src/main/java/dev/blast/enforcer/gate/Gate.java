package dev.blast.enforcer.gate;

import dev.blast.enforcer.gate.SyscallListener.Call;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.spawn.ForGate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Connects for a sandbox, as long as something runs in it. A thread of its own hears of calls, and
 * does what is quick; what may take its time goes to others. If it is gone, nothing connects: the
 * kernel answers ENOSYS.
 */
public final class Gate implements AutoCloseable {
    private static final long EFD_CLOEXEC = 02000000;
    private static final int AT_ONCE = 256;

    /** Of connections that are under way; of more nobody hears how they end. */
    private static final int MOST_PENDING = 4096;

    private static final long POLLIN = 1;
    private static final long POLLOUT = 4;
    private static final int POLLHUP = 0x10;
    private static final int POLLFD_BYTES = 8;

    /** Of {@code struct pollfd}: what was wanted, and in the upper half what is. */
    private static final int EVENTS_AT = 4;

    /** The listener, the two sockets for names and what wakes it; the watched come after. */
    private static final int OWN = 4;

    private static final long SYNC_WAKE_UP = 1;
    private static final long SET_FLAGS = 0x40082104L; // SECCOMP_IOCTL_NOTIF_SET_FLAGS

    private final Kernel kernel;
    private final Processor processor;
    private final SyscallListener listener;
    private final LastCaller lastCaller;
    private final Socket datagrams;
    private final Socket streams;
    private final NameSockets names;
    private final Connecting connecting;
    private final Publishing publishing;
    private final Witness witness;
    private final Relays relays;
    private final CarriedBytes carried;
    private final Datagrams leaving;
    private final List<Pending> watched = new ArrayList<>();

    /** Those that other threads want watched; the gate's own is woken for them. */
    private final Queue<Pending> arriving = new ArrayDeque<>();

    private final Socket wake;
    private boolean over;
    private final ThreadPoolExecutor workers;
    private final Thread thread;

    private record Pending(Socket socket, Consumer<Boolean> end) {}

    private Gate(
            Kernel kernel,
            Processor processor,
            long first,
            SyscallListener listener,
            Socket datagrams,
            Socket streams,
            Socket meeting,
            Socket leaving,
            Socket wake,
            long wakeDatagrams,
            Gatekeeper keeper) {
        this.kernel = kernel;
        this.processor = processor;
        this.listener = listener;
        this.lastCaller = new LastCaller(kernel);
        this.datagrams = datagrams;
        this.streams = streams;
        this.wake = wake;
        long network = datagrams.network();
        this.workers =
                new ThreadPoolExecutor(
                        0,
                        AT_ONCE,
                        5,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        Thread.ofPlatform().name("gate ", 1).daemon().factory());
        var attempts = new Attempts(keeper);
        this.carried = new CarriedBytes(kernel, attempts);
        var addresses = new SyntheticAddresses();
        var unanswered = new Unanswered();
        var rates = new Rates(keeper.bandwidth());
        this.relays = new Relays(kernel, meeting, keeper::sendsOn);
        this.leaving =
                new Datagrams(
                        kernel,
                        first,
                        leaving,
                        wakeDatagrams,
                        addresses::behind,
                        keeper,
                        attempts,
                        rates);
        this.publishing = new Publishing(kernel, listener, lastCaller, network, keeper);
        this.witness = new Witness(kernel, listener, first, processor, keeper);
        this.connecting =
                new Connecting(
                        kernel,
                        listener,
                        lastCaller,
                        network,
                        addresses::behind,
                        publishing,
                        new OutwardDial(
                                kernel,
                                listener,
                                relays,
                                rates,
                                attempts,
                                carried,
                                this::watch,
                                this::elsewhere,
                                unanswered,
                                keeper::addresses),
                        keeper,
                        attempts,
                        this::elsewhere,
                        unanswered);
        this.names =
                new NameSockets(
                        kernel,
                        datagrams,
                        streams,
                        new NameServer(new MachineNames(keeper, attempts), addresses),
                        workers);
        this.thread = Thread.ofPlatform().name("gate").daemon().unstarted(this::serve);
    }

    /**
     * Takes what the first process of a sandbox keeps for it, and serves from then on.
     *
     * @param first that process
     * @param pidfd of it
     */
    public static Gate open(
            long first,
            int pidfd,
            ForGate kept,
            Processor processor,
            Gatekeeper keeper,
            Kernel kernel)
            throws EnforcerException {
        List<Long> taken = new ArrayList<>();
        for (int number :
                new int[] {
                    kept.listener(),
                    kept.names(),
                    kept.namesByStream(),
                    kept.meeting(),
                    kept.leaving()
                }) {
            taken.add(kernel.call(Syscall.pidfd_getfd, pidfd, number, 0));
            orNone(taken, Syscall.pidfd_getfd, kernel);
        }
        for (int i = 0; i < 2; i++) {
            taken.add(kernel.call(Syscall.eventfd2, 0, EFD_CLOEXEC));
            orNone(taken, Syscall.eventfd2, kernel);
        }
        var gate =
                new Gate(
                        kernel,
                        processor,
                        first,
                        new SyscallListener(kernel, taken.get(0)),
                        new Socket(kernel, taken.get(1)),
                        new Socket(kernel, taken.get(2)),
                        new Socket(kernel, taken.get(3)),
                        new Socket(kernel, taken.get(4)),
                        new Socket(kernel, taken.get(5)),
                        taken.get(6),
                        keeper);
        gate.leaving.start();
        gate.thread.start();
        return gate;
    }

    /** Where the last could not be had, the others are not kept. */
    private static void orNone(List<Long> taken, Syscall syscall, Kernel kernel)
            throws EnforcerException {
        long last = taken.getLast();
        if (last < 0) {
            taken.removeLast();
            taken.forEach(one -> kernel.call(Syscall.close, one));
            throw new EnforcerException(new Step.GateSockets(), syscall, (int) -last);
        }
    }

    /** Until nothing is left that the filter applies to. */
    private void serve() {
        // One wakes the other on the same processor (Linux 6.6); without, it is only slower.
        kernel.call(Syscall.ioctl, listener.descriptor(), SET_FLAGS, SYNC_WAKE_UP);
        try (NativeMemory memory = new NativeMemory()) {
            long poll = memory.allocate(POLLFD_BYTES * (long) (OWN + MOST_PENDING));
            long woken = memory.allocate(8);
            fillOwn(memory, poll);
            while (true) {
                int looked = fillWatched(memory, poll);
                long ready = kernel.call(Syscall.poll, poll, looked, -1);
                if (ready < 0 && ready != -Errno.EINTR.number()) {
                    throw new IllegalStateException("poll: " + Errno.sentence((int) -ready));
                }
                int events = events(memory, poll, 0);
                if ((events & POLLHUP) != 0) {
                    break;
                }
                end(memory, poll, looked);
                if (events(memory, poll, OWN - 1) != 0) {
                    kernel.call(Syscall.read, wake.descriptor(), woken, 8);
                    watchArriving();
                }
                if ((events & POLLIN) != 0) {
                    listener.receive().ifPresent(this::handle);
                }
                try {
                    if (events(memory, poll, 1) != 0) {
                        names.takeDatagram();
                    }
                    if (events(memory, poll, 2) != 0) {
                        names.takeStream();
                    }
                } catch (RejectedExecutionException _) {
                    // whoever asked asks again
                }
            }
        } finally {
            workers.shutdown();
            try (leaving;
                    relays;
                    names;
                    lastCaller;
                    listener;
                    carried) { // the last one first
                endAll();
            }
        }
    }

    private void fillOwn(NativeMemory memory, long poll) {
        long[] own = {
            listener.descriptor(), datagrams.descriptor(), streams.descriptor(), wake.descriptor()
        };
        for (int i = 0; i < OWN; i++) {
            memory.putLong(poll + (long) POLLFD_BYTES * i, own[i] | POLLIN << 32);
        }
    }

    /** How many there are of both. */
    private int fillWatched(NativeMemory memory, long poll) {
        int at = OWN;
        for (Pending one : watched) {
            memory.putLong(
                    poll + (long) POLLFD_BYTES * at++, one.socket().descriptor() | POLLOUT << 32);
        }
        return at;
    }

    /** Those of the watched that are connected now, or are not. */
    private void end(NativeMemory memory, long poll, int looked) {
        int at = OWN;
        for (Iterator<Pending> all = watched.iterator(); all.hasNext() && at < looked; at++) {
            Pending one = all.next();
            if (events(memory, poll, at) != 0) {
                all.remove();
                end(one);
            }
        }
    }

    private static void end(Pending one) {
        try (Socket socket = one.socket()) {
            one.end().accept(socket.state() == Socket.State.CONNECTED);
        }
    }

    private void watchArriving() {
        synchronized (arriving) {
            for (Pending one = arriving.poll(); one != null; one = arriving.poll()) {
                watchHere(one);
            }
        }
    }

    /** Nobody is left who could wait for them. */
    private void endAll() {
        synchronized (arriving) {
            over = true;
        }
        watchArriving();
        watched.forEach(Gate::end);
        watched.clear();
        wake.close();
    }

    private static int events(NativeMemory memory, long poll, int at) {
        return memory.getInt(poll + (long) POLLFD_BYTES * at + EVENTS_AT) >>> 16;
    }

    /** By any thread. */
    private void watch(Socket socket, Consumer<Boolean> end) {
        var one = new Pending(socket, end);
        if (Thread.currentThread().equals(thread)) {
            watchHere(one);
            return;
        }
        synchronized (arriving) {
            if (!over) {
                arriving.add(one);
                try (NativeMemory memory = new NativeMemory(64)) {
                    kernel.call(Syscall.write, wake.descriptor(), memory.longs(1), 8);
                }
                return;
            }
        }
        end(one);
    }

    private void watchHere(Pending one) {
        if (watched.size() < MOST_PENDING) {
            watched.add(one);
        } else {
            one.socket().close();
            one.end().accept(false);
        }
    }

    private void handle(Call call) {
        if (call.number() == Syscall.connect.number(processor)) {
            connecting.answer(call);
        } else if (call.number() == Syscall.listen.number(processor)) {
            publishing.answer(call);
        } else {
            witness.answer(call);
        }
    }

    private boolean elsewhere(Runnable work) {
        try {
            workers.execute(work);
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    /** For a program that did not end by itself: what it had sent does not go out any more. */
    public void breakOff() {
        relays.breakOff();
    }

    /** Waits until it has ended, which it does with the last process inside. */
    @Override
    public void close() {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
