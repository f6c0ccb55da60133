package dev.blast.enforcer.gate;

import dev.blast.enforcer.gate.SocketDiagnosis.Carried;
import dev.blast.enforcer.gate.SocketDiagnosis.Unknown;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts what goes through connections that were handed in. No descriptor of them is kept: as long
 * as one is open, what a program closes is not closed. The kernel tells when a socket is no more,
 * with its last figures; those that live on are asked about now and then, and once more at the end.
 * {@link #add} may be called by any thread; a thread of its own, begun with the first connection,
 * does the rest.
 */
final class CarriedBytes implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final long SOCK_RAW = 3;
    private static final long SOCK_CLOEXEC = 02000000;
    private static final long MSG_DONTWAIT = 0x40;
    private static final long SOL_SOCKET = 1;
    private static final long SO_RCVBUF = 8;
    private static final long POLLIN = 1;
    private static final int POLLFD_BYTES = 8;
    private static final int ADDRESS_BYTES = 12; // struct sockaddr_nl

    /** For what all programs of the machine close at once; what has no room is asked for. */
    private static final int WAITING_BYTES = 1 << 20;

    private static final int LOOK_EVERY_MILLIS = 2_000;

    /** What ends meanwhile is heard of at once; only the end is not waited for. */
    private static final int TOGETHER_MILLIS = 50;

    /** Of more the oldest are not counted any further. */
    private static final int MOST = 16_384;

    /** Questions of one look. */
    private static final int AT_ONCE = 256;

    private static final int PATIENCE_SECONDS = 2;

    /** The kernel tells of an end from a queue of its own. */
    private static final int LAST_MILLIS = 500;

    private final Kernel kernel;
    private final Attempts attempts;

    /** By identity, who was asked about longest first. */
    private final Map<Long, Counted> connections = new LinkedHashMap<>();

    /** Of which the kernel knows no more, and has yet to tell how they ended. */
    private final Set<Long> ended = new HashSet<>();

    private @Nullable Thread thread;
    private long wake = -1;
    private boolean closed;

    /** Whether it waits for the first connection. */
    private boolean idle;

    private record Counted(
            long number,
            int family,
            SocketAddress.Internet ours,
            SocketAddress.Internet theirs,
            TcpInfo before) {}

    CarriedBytes(Kernel kernel, Attempts attempts) {
        this.kernel = kernel;
        this.attempts = attempts;
    }

    /**
     * Counts a connection from now on.
     *
     * @param socket connected, and not closed before this returns
     * @param number of the attempt
     * @param before what went through it before it was the program's
     */
    void add(Socket socket, long number, TcpInfo before) {
        SocketAddress.Internet ours = socket.bound();
        SocketAddress.Internet theirs = socket.peer();
        long identity = socket.identity();
        if (ours == null || theirs == null || identity < 0) {
            return; // it is over already
        }
        var counted = new Counted(number, (int) socket.family(), ours, theirs, before);
        synchronized (this) {
            if (closed) {
                return;
            }
            if (thread == null && !start()) {
                return;
            }
            if (connections.size() == MOST) {
                Iterator<Long> oldest = connections.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
            connections.put(identity, counted);
            if (idle) {
                idle = false;
                wakeUp();
            }
        }
    }

    /** False where the kernel tells nothing of sockets, or no descriptor is left. */
    private boolean start() {
        long netlink =
                kernel.call(
                        Syscall.socket,
                        AF_NETLINK,
                        SOCK_RAW | SOCK_CLOEXEC,
                        SocketDiagnosis.PROTOCOL);
        if (netlink < 0) {
            closed = true;
            return false;
        }
        wake = kernel.call(Syscall.eventfd2, 0, SOCK_CLOEXEC);
        if (wake < 0) {
            kernel.call(Syscall.close, netlink);
            closed = true;
            return false;
        }
        ByteBuffer address = ByteBuffer.allocate(ADDRESS_BYTES).order(ByteOrder.nativeOrder());
        address.putShort((short) AF_NETLINK).position(8).putInt(SocketDiagnosis.GROUPS);
        try (NativeMemory memory = new NativeMemory(128)) {
            // where it may not hear of ends, it asks
            kernel.call(Syscall.bind, netlink, memory.bytes(address.array()), ADDRESS_BYTES);
            kernel.call(
                    Syscall.setsockopt,
                    netlink,
                    SOL_SOCKET,
                    SO_RCVBUF,
                    memory.longs(WAITING_BYTES),
                    4);
        }
        thread = Thread.ofPlatform().name("gate bytes").daemon().start(() -> serve(netlink));
        return true;
    }

    private void wakeUp() {
        try (NativeMemory memory = new NativeMemory(64)) {
            kernel.call(Syscall.write, wake, memory.longs(1), 8);
        }
    }

    private void serve(long netlink) {
        try (NativeMemory memory = new NativeMemory()) {
            long poll = memory.allocate(2L * POLLFD_BYTES);
            long buffer = memory.allocate(SocketDiagnosis.MOST_BYTES);
            memory.putLong(poll, netlink | POLLIN << 32);
            memory.putLong(poll + POLLFD_BYTES, wake | POLLIN << 32);
            long asked = System.nanoTime();
            while (true) {
                int patience;
                synchronized (this) {
                    if (closed) {
                        break;
                    }
                    idle = connections.isEmpty();
                    patience = idle ? -1 : LOOK_EVERY_MILLIS / 4;
                }
                kernel.call(Syscall.poll, poll, 2, patience);
                if (memory.getInt(poll + POLLFD_BYTES + 4) >>> 16 != 0) {
                    kernel.call(Syscall.read, wake, buffer, 8);
                }
                synchronized (this) {
                    idle = false;
                }
                hear(netlink, memory, buffer);
                if (System.nanoTime() - asked > TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS)) {
                    ask(netlink, AT_ONCE, memory, buffer);
                    asked = System.nanoTime();
                }
                kernel.call(Syscall.poll, poll + POLLFD_BYTES, 1, TOGETHER_MILLIS);
            }
            ask(netlink, MOST, memory, buffer);
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_MILLIS);
            while (!areAllTold() && System.nanoTime() < end) {
                kernel.call(Syscall.poll, poll, 1, LAST_MILLIS);
                hear(netlink, memory, buffer);
            }
        } finally {
            kernel.call(Syscall.close, netlink);
            kernel.call(Syscall.close, wake);
        }
    }

    /** Takes what waits. */
    private void hear(long netlink, NativeMemory memory, long buffer) {
        while (true) {
            long length =
                    kernel.call(
                            Syscall.recvfrom,
                            netlink,
                            buffer,
                            SocketDiagnosis.MOST_BYTES,
                            MSG_DONTWAIT,
                            0,
                            0);
            if (length == -Errno.EINTR.number() || length == -Errno.ENOBUFS.number()) {
                continue; // some were lost, and are asked about
            }
            if (length <= 0) {
                return;
            }
            SocketDiagnosis.of(memory.getBytes(buffer, (int) length)).forEach(this::take);
        }
    }

    /** Each question is answered before the next: the kernel answers while it is asked. */
    private void ask(long netlink, int most, NativeMemory memory, long buffer) {
        List<Map.Entry<Long, Counted>> asked;
        synchronized (this) {
            connections.keySet().removeAll(ended); // what was to come did not
            ended.clear();
            asked =
                    new ArrayList<>(
                            connections.entrySet().stream()
                                    .limit(most)
                                    .map(Map.Entry::copyOf)
                                    .toList());
            for (Map.Entry<Long, Counted> one : asked) { // to the end of the row
                connections.remove(one.getKey());
                connections.put(one.getKey(), one.getValue());
            }
        }
        for (Map.Entry<Long, Counted> one : asked) {
            Counted it = one.getValue();
            byte[] question =
                    SocketDiagnosis.question(
                            sequence(one.getKey()),
                            it.family(),
                            one.getKey(),
                            it.ours(),
                            it.theirs());
            memory.put(buffer, question);
            kernel.call(Syscall.sendto, netlink, buffer, question.length, 0, 0, 0);
            hear(netlink, memory, buffer);
        }
    }

    private static int sequence(long identity) {
        return (int) identity;
    }

    private void take(SocketDiagnosis told) {
        switch (told) {
            case Carried carried ->
                    counted(carried)
                            .ifPresent(it ->
                                    attempts.carried(
                                            it.number(),
                                            Math.max(0, carried.sent() - it.before().sent()),
                                            Math.max(
                                                    0,
                                                    carried.received() - it.before().received())));
            case Unknown(int sequence) -> {
                synchronized (this) {
                    connections.keySet().stream()
                            .filter(identity -> sequence(identity) == sequence)
                            .forEach(ended::add);
                }
            }
        }
    }

    private synchronized boolean areAllTold() {
        return ended.isEmpty();
    }

    private synchronized Optional<Counted> counted(Carried carried) {
        if (carried.isOver()) {
            ended.remove(carried.identity());
        }
        return Optional.ofNullable(
                carried.isOver()
                        ? connections.remove(carried.identity())
                        : connections.get(carried.identity()));
    }

    /**
     * Once no program is left: what is still open ends with it, and is counted as far as it got.
     */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
            if (running != null) {
                wakeUp();
            }
        }
        try {
            if (running != null) {
                running.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
