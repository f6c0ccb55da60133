package dev.blast.enforcer.gate;

import dev.blast.enforcer.gate.DatagramSockets.Holder;
import dev.blast.enforcer.gate.LeavingDatagram.Unreachable;
import dev.blast.enforcer.gate.LeavingDatagram.Way;
import dev.blast.enforcer.gate.SyntheticAddresses.Behind;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.verdict.Judgement;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries datagrams out of a sandbox, and what comes back. They are seen on its loopback, where its
 * only route ends; the first of each way is judged, and those that may leave are sent by a socket
 * of this process that is connected to where they go, so that nobody else can answer. A thread of
 * its own; what it cannot keep up with is lost, as datagrams are.
 */
final class Datagrams implements AutoCloseable {
    /** Ways at once; of more the one that has been quiet longest is given up. */
    static final int MOST_WAYS = 256;

    /** Those that are closed, and are not asked about again at once. */
    private static final int MOST_CLOSED = 1024;

    private static final long QUIET = TimeUnit.MINUTES.toNanos(2);
    private static final long AFTER_FAILURE = TimeUnit.SECONDS.toNanos(1);
    private static final int LOOK_EVERY_MILLIS = 1000;

    /** Of one side, before the others have their turn. */
    private static final int AT_ONCE = 64;

    private static final long AF_INET = 2;
    private static final long SOCK_DGRAM = 2;
    private static final long SOCK_NONBLOCK = 04000;
    private static final long SOCK_CLOEXEC = 02000000;
    private static final long MSG_DONTWAIT = 0x40;
    private static final long MSG_NOSIGNAL = 0x4000;
    private static final long POLLIN = 1;
    private static final int POLLFD_BYTES = 8;
    private static final int EVENTS_AT = 4;

    /** What wakes it, and what sees the datagrams; the ways come after. */
    private static final int OWN = 2;

    private final Kernel kernel;
    private final DatagramSockets sockets;
    private final Socket leaving;
    private final Function<InetAddress, Optional<Behind>> names;
    private final Gatekeeper keeper;
    private final Attempts attempts;
    private final Rates rates;
    private final long wake;
    private final NativeMemory memory = new NativeMemory(4 * LeavingDatagram.MOST_BYTES);
    private final long poll = memory.allocate((long) POLLFD_BYTES * (OWN + MOST_WAYS));
    private final long received = memory.allocate(LeavingDatagram.MOST_BYTES);
    private final long sent = memory.allocate(LeavingDatagram.MOST_BYTES);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("datagrams").daemon().unstarted(this::serve);

    /** The one that has been quiet longest comes first. */
    private final Map<Way, Outside> ways = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<Way, Closed> closed =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Way, Closed> eldest) {
                    return size() > MOST_CLOSED;
                }
            };

    /** A way that rules refuse, or that failed: what its sender is told until then. */
    private record Closed(Unreachable why, long until, Runnable again) {}

    /** A way that is open. */
    private static final class Outside {
        private final Way way;
        private final Socket socket;
        private final Rates.Buckets buckets;
        private final long number;
        private long sent;
        private long received;
        private long told;
        private long used = System.nanoTime();

        Outside(Way way, Socket socket, Rates.Buckets buckets, long number) {
            this.way = way;
            this.socket = socket;
            this.buckets = buckets;
            this.number = number;
        }
    }

    /**
     * For one sandbox.
     *
     * @param first its first process
     * @param leaving sees what would leave
     * @param wake an eventfd(2), which ends it
     */
    Datagrams(
            Kernel kernel,
            long first,
            Socket leaving,
            long wake,
            Function<InetAddress, Optional<Behind>> names,
            Gatekeeper keeper,
            Attempts attempts,
            Rates rates) {
        this.kernel = kernel;
        this.sockets = new DatagramSockets(first, kernel);
        this.leaving = leaving;
        this.names = names;
        this.keeper = keeper;
        this.attempts = attempts;
        this.rates = rates;
        this.wake = wake;
    }

    void start() {
        thread.start();
    }

    private void serve() {
        try {
            while (true) {
                List<Outside> looked = fill();
                int patience = looked.isEmpty() ? -1 : LOOK_EVERY_MILLIS;
                long ready = kernel.call(Syscall.poll, poll, OWN + looked.size(), patience);
                if (ready < 0 && ready != -Errno.EINTR.number()) {
                    throw new IllegalStateException("poll: " + Errno.sentence((int) -ready));
                }
                if (events(0) != 0) {
                    boolean more = true;
                    while (more) { // what was sent last; nobody is left who could send more
                        more = takeOut();
                    }
                    return;
                }
                for (int i = 0; i < looked.size(); i++) {
                    if (events(OWN + i) != 0) {
                        bringBack(looked.get(i));
                    }
                }
                if (events(1) != 0) {
                    takeOut();
                }
                tell();
            }
        } finally {
            try {
                ways.values().forEach(this::end);
            } finally {
                ended.countDown();
                leaving.close(); // the kernel takes up to 20 ms, and nobody has to wait
                memory.close();
            }
        }
    }

    private List<Outside> fill() {
        List<Outside> looked = new ArrayList<>(ways.values());
        memory.putLong(poll, wake | POLLIN << 32);
        memory.putLong(poll + POLLFD_BYTES, leaving.descriptor() | POLLIN << 32);
        for (int i = 0; i < looked.size(); i++) {
            memory.putLong(
                    poll + (long) POLLFD_BYTES * (OWN + i),
                    looked.get(i).socket.descriptor() | POLLIN << 32);
        }
        return looked;
    }

    private int events(int at) {
        return memory.getInt(poll + (long) POLLFD_BYTES * at + EVENTS_AT) >>> 16;
    }

    private long receive(Socket socket) {
        return kernel.call(
                Syscall.recvfrom,
                socket.descriptor(),
                received,
                LeavingDatagram.MOST_BYTES,
                MSG_DONTWAIT,
                0,
                0);
    }

    private long send(Socket socket, byte[] bytes) {
        memory.put(sent, bytes);
        return kernel.call(
                Syscall.sendto,
                socket.descriptor(),
                sent,
                bytes.length,
                MSG_DONTWAIT | MSG_NOSIGNAL,
                0,
                0);
    }

    /** Whether there may be more. */
    private boolean takeOut() {
        for (int i = 0; i < AT_ONCE; i++) {
            long length = receive(leaving);
            if (length < 0) {
                return false;
            }
            LeavingDatagram.in(memory.getBytes(received, (int) length)).forEach(this::takeOut);
        }
        return true;
    }

    private void takeOut(LeavingDatagram datagram) {
        Way way = datagram.way();
        Outside outside = ways.get(way);
        if (outside == null) {
            Closed known = closed.get(way);
            if (known != null && known.until() - System.nanoTime() > 0) {
                say(way, datagram.payload().length, known.why());
                known.again().run();
                return;
            }
            outside = open(datagram);
            if (outside == null) {
                return;
            }
        }
        byte[] payload = datagram.payload();
        if (isLost(outside.buckets.out(), payload.length)) {
            return;
        }
        outside.used = System.nanoTime();
        long result = send(outside.socket, payload);
        if (result == -Errno.ECONNREFUSED.number()) { // of one before
            say(way, payload.length, Unreachable.PORT);
            result = send(outside.socket, payload);
        }
        if (result >= 0) {
            outside.sent += result;
        } else if (isNobodyThere(result)) {
            say(way, payload.length, Unreachable.HOST);
        }
    }

    private static boolean isNobodyThere(long result) {
        return result == -Errno.EHOSTUNREACH.number() || result == -Errno.ENETUNREACH.number();
    }

    private static boolean isLost(List<TokenBucket> buckets, long bytes) {
        long now = System.nanoTime();
        if (!buckets.stream().allMatch(bucket -> bucket.givesNow(now))) {
            return true;
        }
        buckets.forEach(bucket -> bucket.take(bytes, now));
        return false;
    }

    /** Null where rules do not let it be, or where it fails. */
    private @Nullable Outside open(LeavingDatagram datagram) {
        Way way = datagram.way();
        var asked = new SocketAddress.Internet(way.destination(), way.port());
        if (way.port() == 0 || !(Destination.of(asked, names) instanceof Destination.Outside to)) {
            return null;
        }
        Holder holder = sockets.holder(way.sourcePort());
        var connection =
                new Connection(
                        to.host(),
                        to.port(),
                        to.address(),
                        Protocol.UDP,
                        Direction.OUT,
                        holder.program(),
                        false,
                        false,
                        false,
                        false);
        Judgement judgement = keeper.judge(connection);
        if (!judgement.allowed()) {
            Runnable told = () -> attempts.refused(holder.pid(), connection, judgement);
            close(datagram, new Closed(Unreachable.PROHIBITED, until(QUIET), told));
            told.run();
            return null;
        }
        // A name that a proxy alone knows has none, and no proxy carries datagrams. One that is of
        // many would ask everybody on this wire.
        if (!(to.address() instanceof Inet4Address address) || address.isMulticastAddress()) {
            return fail(datagram, holder, connection, judgement, -Errno.EHOSTUNREACH.number());
        }
        long type = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
        long opened = kernel.call(Syscall.socket, AF_INET, type, 0);
        if (opened < 0) {
            return fail(datagram, holder, connection, judgement, opened);
        }
        Socket socket = new Socket(kernel, opened);
        long result = socket.connect(address, to.port(), SocketAddress.INET);
        if (result < 0) {
            socket.close();
            return fail(datagram, holder, connection, judgement, result);
        }
        if (ways.size() == MOST_WAYS) {
            Iterator<Outside> quietest = ways.values().iterator();
            end(quietest.next());
            quietest.remove();
        }
        var outside =
                new Outside(
                        way,
                        socket,
                        rates.buckets(rates.limits(judgement)),
                        attempts.reached(holder.pid(), connection, judgement));
        ways.put(way, outside);
        return outside;
    }

    private @Nullable Outside fail(
            LeavingDatagram datagram,
            Holder holder,
            Connection connection,
            Judgement judgement,
            long errno) {
        close(datagram, new Closed(Unreachable.PROHIBITED, until(AFTER_FAILURE), () -> {}));
        attempts.failed(holder.pid(), connection, judgement, (int) -errno);
        return null;
    }

    private static long until(long nanos) {
        return System.nanoTime() + nanos;
    }

    private void close(LeavingDatagram datagram, Closed why) {
        closed.remove(datagram.way()); // the newest comes last
        closed.put(datagram.way(), why);
        say(datagram.way(), datagram.payload().length, why.why());
    }

    private void bringBack(Outside outside) {
        if (ways.get(outside.way) != outside) {
            return;
        }
        for (int i = 0; i < AT_ONCE; i++) {
            long length = receive(outside.socket);
            if (length == -Errno.ECONNREFUSED.number()) {
                say(outside.way, 0, Unreachable.PORT);
            } else if (isNobodyThere(length)) {
                say(outside.way, 0, Unreachable.HOST);
            } else if (length < 0) {
                return;
            } else if (!isLost(outside.buckets.in(), length)) {
                outside.used = System.nanoTime();
                outside.received += length;
                byte[] payload = memory.getBytes(received, (int) length);
                send(leaving, LeavingDatagram.answer(outside.way, payload));
            }
        }
    }

    private void say(Way way, int payloadBytes, Unreachable why) {
        send(leaving, LeavingDatagram.unreachable(way, payloadBytes, why));
    }

    /** What went through since the last time, and which ways have been quiet for long. */
    private void tell() {
        long now = System.nanoTime();
        for (Iterator<Outside> all = ways.values().iterator(); all.hasNext(); ) {
            Outside outside = all.next();
            if (now - outside.used > QUIET) {
                end(outside);
                all.remove();
            } else if (now - outside.told > TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS)) {
                outside.told = now;
                attempts.carried(outside.number, outside.sent, outside.received);
            }
        }
    }

    private void end(Outside outside) {
        outside.socket.close();
        attempts.carried(outside.number, outside.sent, outside.received);
    }

    /** Waits until the last bytes are told. */
    @Override
    public void close() {
        try (NativeMemory own = new NativeMemory(64)) {
            kernel.call(Syscall.write, wake, own.longs(1), 8);
            ended.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return; // it may still look at what is closed below
        }
        kernel.call(Syscall.close, wake);
    }
}
