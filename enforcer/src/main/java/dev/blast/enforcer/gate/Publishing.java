package dev.blast.enforcer.gate;

import dev.blast.enforcer.gate.SyscallListener.Call;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.verdict.Judgement;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers listen(2). A server whose port is to be reached from outside is given a socket of the
 * machine's, bound there, in the place of its own; every other one listens inside.
 */
final class Publishing {
    private static final long O_CLOEXEC = 02000000;
    private static final long O_NONBLOCK = 04000;

    /** Where a server may be bound, the narrowest first. */
    private static final List<InetAddress> PLACES =
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("0.0.0.0"));

    private final Kernel kernel;
    private final SyscallListener listener;
    private final LastCaller lastCaller;
    private final long network;
    private final Gatekeeper keeper;

    /** By the port inside. */
    private final Map<Integer, Published> published = new ConcurrentHashMap<>();

    Publishing(
            Kernel kernel,
            SyscallListener listener,
            LastCaller lastCaller,
            long network,
            Gatekeeper keeper) {
        this.kernel = kernel;
        this.listener = listener;
        this.lastCaller = lastCaller;
        this.network = network;
        this.keeper = keeper;
    }

    /**
     * Where a server is reached.
     *
     * @param inode of its socket: the port may be another's by now
     */
    private record Published(int port, long inode) {}

    /** One call, at once. */
    void answer(Call call) {
        try (WaitingThread caller = new WaitingThread(kernel, call.thread())) {
            long taken = caller.take((int) call.first(), lastCaller);
            if (taken < 0) {
                listener.answer(call, taken);
                return;
            }
            try (Socket socket = new Socket(kernel, taken)) {
                long family = socket.family();
                boolean internet = family == SocketAddress.INET || family == SocketAddress.INET6;
                if (family < 0) {
                    listener.answer(call, family);
                } else if (!listener.waits(call)) {
                    return; // and so it was another's descriptor, perhaps
                } else if (internet && socket.network() != network) {
                    listener.answer(call, again(call, socket));
                } else {
                    answer(call, caller, socket, internet);
                }
            }
        }
    }

    /** Of a socket that was handed in: one that listens may do so again, no other may begin. */
    private static long again(Call call, Socket socket) {
        return socket.isListening() ? socket.listen(call.second()) : -Errno.EINVAL.number();
    }

    private void answer(Call call, WaitingThread caller, Socket socket, boolean internet) {
        SocketAddress.@Nullable Internet bound = internet ? socket.bound() : null;
        if (bound == null || bound.port() == 0 || socket.type() != Socket.STREAM) {
            listener.answer(call, socket.listen(call.second()));
            return;
        }
        Path program = caller.program();
        int outside = keeper.portOutside(bound.port());
        Connection last = null;
        Judgement judgement = null;
        for (InetAddress place : PLACES) {
            Connection asked = asked(place, outside, program);
            Judgement judged = keeper.publishes(bound.port(), asked);
            if (judgement == null || judged.allowed()) {
                last = asked;
                judgement = judged;
            }
        }
        if (judgement == null || last == null || !judgement.allowed()) {
            listener.answer(call, socket.listen(call.second()));
            keeper.listens(bound.address(), bound.port(), Optional.empty());
            return;
        }
        publish(call, caller, socket, bound, last);
    }

    private static Connection asked(InetAddress place, int port, @Nullable Path program) {
        return new Connection(
                place.getHostAddress(),
                port,
                place,
                Protocol.TCP,
                Direction.IN,
                program,
                false,
                place.isLoopbackAddress(),
                false,
                false);
    }

    private void publish(
            Call call,
            WaitingThread caller,
            Socket socket,
            SocketAddress.Internet bound,
            Connection asked) {
        long flags = caller.flags((int) call.first());
        int family = (int) socket.family();
        InetAddress place = Objects.requireNonNull(asked.address(), "it was asked with");
        long opened = Socket.open(kernel, family, (flags & O_NONBLOCK) == 0);
        if (opened == -Errno.EAFNOSUPPORT.number()) {
            family = SocketAddress.INET;
            opened = Socket.open(kernel, family, (flags & O_NONBLOCK) == 0);
        }
        if (opened < 0) {
            listener.answer(call, opened);
            return;
        }
        try (Socket ours = new Socket(kernel, opened)) {
            ours.likewise(socket);
            ours.share(socket);
            long result = ours.bind(place, asked.port(), family);
            result = result < 0 ? result : ours.listen(call.second());
            if (result == 0
                    && !listener.replace(call, (int) call.first(), opened, flags & O_CLOEXEC)) {
                return;
            }
            if (result == 0) {
                published.put(bound.port(), new Published(asked.port(), ours.inode()));
            }
            listener.answer(call, result);
            if (result == 0) {
                keeper.listens(bound.address(), bound.port(), Optional.of(asked));
            } else {
                keeper.isNotPublished(bound.port(), asked, (int) -result);
            }
        }
    }

    /**
     * Where programs inside find what is published under a port; empty where nothing is, or where
     * it ended since.
     */
    Optional<Integer> outside(int port) {
        Published there = published.get(port);
        return there != null && ListeningSockets.inodes(there.port()).contains(there.inode())
                ? Optional.of(there.port())
                : Optional.empty();
    }
}
