package dev.blast.enforcer.gate;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.Step;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * The relays of one sandbox, and a socket inside at which its programs' sockets are met. Safe on
 * any thread.
 */
final class Relays implements AutoCloseable {
    private static final InetAddress MEETING_PLACE =
            InetAddress.ofLiteral(Step.GateSockets.ADDRESS);
    private static final long SOCK_CLOEXEC = 02000000;
    private static final long F_SETFL = 4;

    /** What waits between a program and its relay is a part of a second, within bounds. */
    private static final int PARTS_OF_SECOND = 16;

    /** Each of them has two threads. */
    private static final int MOST_AT_ONCE = 512;

    private static final int PATIENCE_MILLIS = 5_000;

    /** Less than those who end a run wait before they kill it. */
    private static final int LAST_SECONDS = 3;

    private static final int LOOK_EVERY_MILLIS = 20;

    /** A segment of a loopback and more: into less a sender sends by a timer, and half as fast. */
    private static final int LEAST_WAITING = 128 * 1024;

    private static final int MOST_WAITING = 4 * 1024 * 1024;

    private final Kernel kernel;
    private final Socket meeting;
    private final IntConsumer sendsOn;
    private final Set<Relay> carrying = new HashSet<>();

    /** Those that were met and are not carried yet; with those that are. */
    private int met;

    private boolean brokenOff;

    /**
     * For one sandbox.
     *
     * @param meeting listens inside
     * @param sendsOn told where the end takes longer than a second, and how many it may take
     */
    Relays(Kernel kernel, Socket meeting, IntConsumer sendsOn) {
        this.kernel = kernel;
        this.meeting = meeting;
        this.sendsOn = sendsOn;
    }

    boolean hasRoom() {
        synchronized (carrying) {
            return carrying.size() < MOST_AT_ONCE;
        }
    }

    /**
     * Connects a program's socket to one of this process, in its own network.
     *
     * @param family of the program's socket
     * @return ours, which is to be carried then, or a negated errno
     */
    synchronized long meet(Socket program, int family) {
        long result = program.connect(MEETING_PLACE, Step.GateSockets.MEETING_PORT, family);
        if (result < 0 && !Socket.underWay(result)) {
            return result;
        }
        SocketAddress.Internet expected = program.bound();
        while (true) {
            if (!meeting.waitToRead(
                    PATIENCE_MILLIS)) { // a filter of its own keeps it from arriving
                return -Errno.ETIMEDOUT.number();
            }
            long accepted = kernel.call(Syscall.accept4, meeting.descriptor(), 0, 0, SOCK_CLOEXEC);
            if (accepted == -Errno.EINTR.number()) {
                continue;
            }
            if (accepted < 0) {
                return accepted;
            }
            SocketAddress.Internet peer;
            try (Socket looked = new Socket(kernel, kernel.call(Syscall.dup, accepted))) {
                peer = looked.peer();
            }
            if (peer != null && peer.equals(expected)) {
                synchronized (carrying) {
                    met++;
                }
                return accepted;
            }
            kernel.call(Syscall.close, accepted); // one that came too late
        }
    }

    /** Begins to carry, and closes both in the end. */
    void carry(
            Socket inside, Socket outside, Rates.Buckets buckets, BiConsumer<Long, Long> carried) {
        int waiting = Math.clamp(buckets.least() / PARTS_OF_SECOND, LEAST_WAITING, MOST_WAITING);
        inside.receiveBuffer(waiting);
        outside.receiveBuffer(waiting);
        kernel.call(Syscall.fcntl, outside.descriptor(), F_SETFL, 0);
        var relay = new Relay(kernel, inside, outside, buckets, carried, this::ended);
        synchronized (carrying) {
            met--;
            carrying.add(relay);
            relay.start();
            if (brokenOff) {
                relay.breakOff();
            }
        }
    }

    private void ended(Relay relay) {
        synchronized (carrying) {
            carrying.remove(relay);
            carrying.notifyAll();
        }
    }

    /** What programs had sent does not go out any more. */
    void breakOff() {
        synchronized (carrying) {
            brokenOff = true;
            carrying.forEach(Relay::breakOff);
            carrying.notifyAll();
        }
    }

    /**
     * Once nobody is left inside: what programs had sent goes out still, as fast as it may, for
     * some seconds; what has not by then is broken off, so that the other side reads no end of what
     * it has a part of.
     */
    @Override
    public void close() {
        meeting.close();
        synchronized (carrying) {
            awaitNone(1, relay -> !relay.hasSentAll());
            if (!brokenOff && carrying.stream().anyMatch(relay -> !relay.hasSentAll())) {
                sendsOn.accept(LAST_SECONDS - 1);
            }
            awaitNone(LAST_SECONDS - 1, relay -> !relay.hasSentAll());
            carrying.forEach(relay -> {
                if (relay.hasSentAll()) {
                    relay.hearNoMore();
                } else {
                    relay.breakOff();
                }
            });
            awaitNone(1, _ -> true);
        }
    }

    /** Holding the lock, which waiting gives up. */
    private void awaitNone(int seconds, Predicate<Relay> which) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while ((met > 0 || carrying.stream().anyMatch(which)) && System.nanoTime() - end < 0) {
            try {
                carrying.wait(LOOK_EVERY_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
