package dev.blast.enforcer.gate;

import dev.blast.enforcer.gate.SyscallListener.Call;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Limit;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers connect(2). No call goes on in the kernel as the program made it: between the look at it
 * and its execution another thread could put another address into its memory, or another socket
 * behind its descriptor. What leads inside is done here, on the same socket; what leads outside is
 * dialled by a socket of this process, which takes the place of the program's.
 */
final class Connecting {
    private static final long O_NONBLOCK = 04000;
    private static final long O_CLOEXEC = 02000000;
    private static final long F_SETFL = 4;
    private static final long ST_RDONLY = 1;
    private static final int STATFS_BYTES = 120;
    private static final int STATFS_FLAGS_AT = 80;
    private static final long POLLOUT = 4;
    private static final int LOOK_EVERY_MILLIS = 250;

    private final Kernel kernel;
    private final SyscallListener listener;
    private final long network;
    private final Function<InetAddress, Optional<SyntheticAddresses.Behind>> names;
    private final Publishing publishing;
    private final Relays relays;
    private final Gatekeeper keeper;
    private final Underway underway;
    private final Attempts attempts;

    /**
     * Sockets that were connected when nobody waited for the answer any more: a signal came
     * between, and the call will be made again.
     */
    private final Set<Long> unanswered = ConcurrentHashMap.newKeySet();

    /**
     * For one sandbox.
     *
     * @param network of its sockets, as {@link Socket#network} says it
     */
    Connecting(
            Kernel kernel,
            SyscallListener listener,
            long network,
            Function<InetAddress, Optional<SyntheticAddresses.Behind>> names,
            Publishing publishing,
            Relays relays,
            Gatekeeper keeper,
            Attempts attempts,
            Underway underway) {
        this.kernel = kernel;
        this.attempts = attempts;
        this.listener = listener;
        this.network = network;
        this.names = names;
        this.publishing = publishing;
        this.relays = relays;
        this.keeper = keeper;
        this.underway = underway;
    }

    /** One call: what is to be done about it, and whether that may take its time. */
    record Task(boolean slow, Runnable work) {}

    /** Looks at a call. It is answered by the task, once that has run. */
    Task task(Call call) {
        try (WaitingThread caller = new WaitingThread(kernel, call.thread())) {
            int length = (int) call.third();
            if (length < 0 || length > SocketAddress.MOST_BYTES) {
                return failing(call, Errno.EINVAL);
            }
            byte[] address = caller.memory(call.second(), length);
            if (address == null) {
                return failing(call, Errno.EFAULT);
            }
            long taken = caller.take((int) call.first());
            if (taken < 0) {
                return new Task(false, () -> listener.answer(call, taken));
            }
            Socket socket = new Socket(kernel, taken);
            if (!listener.waits(call)) {
                socket.close();
                return new Task(false, () -> {});
            }
            return task(call, caller, socket, address);
        }
    }

    private Task failing(Call call, Errno errno) {
        return new Task(false, () -> listener.answer(call, -errno.number()));
    }

    private Task task(Call call, WaitingThread caller, Socket socket, byte[] address) {
        long family = socket.family();
        if (family < 0) {
            return closing(socket, false, () -> listener.answer(call, family));
        }
        SocketAddress asked = SocketAddress.of(address);
        if (asked instanceof SocketAddress.Malformed) {
            return closing(socket, false, () -> listener.answer(call, -Errno.EINVAL.number()));
        }
        if (family == SocketAddress.UNIX && asked instanceof SocketAddress.File(String path)) {
            long file = caller.file(path);
            boolean blocking = (caller.flags((int) call.first()) & O_NONBLOCK) == 0;
            Path program = caller.program();
            long pid = caller.leader();
            return closing(socket, blocking, () -> toFile(call, socket, path, file, pid, program));
        }
        if (family != SocketAddress.INET && family != SocketAddress.INET6) {
            boolean blocking = (caller.flags((int) call.first()) & O_NONBLOCK) == 0;
            return closing(socket, blocking, () -> inside(call, socket, address));
        }
        if (socket.network() != network) {
            return closing(socket, false, () -> listener.answer(call, again(socket)));
        }
        long flags = caller.flags((int) call.first());
        boolean blocking = (flags & O_NONBLOCK) == 0;
        if (socket.type() != Socket.STREAM || !(asked instanceof SocketAddress.Internet internet)) {
            return closing(socket, false, () -> inside(call, socket, address));
        }
        return switch (Destination.of(internet, names)) {
            case Destination.Inside(int port) -> {
                Optional<Integer> outside = publishing.outside(port);
                yield outside.isEmpty()
                        ? closing(socket, blocking, () -> inside(call, socket, address))
                        : closing(
                                socket,
                                blocking,
                                () ->
                                        dial(
                                                toPublished(
                                                        call,
                                                        socket,
                                                        (int) family,
                                                        flags & O_CLOEXEC,
                                                        outside.get()),
                                                blocking));
            }
            case Destination.Outside outside -> {
                Path program = caller.program();
                Connection connection = connection(outside, program);
                Judgement judgement = keeper.judge(connection);
                var judged = new JudgedConnection(connection, judgement);
                Dial dial =
                        new Dial(
                                call,
                                socket,
                                (int) family,
                                flags & O_CLOEXEC,
                                outside,
                                caller.leader(),
                                judged);
                if (!judgement.allowed()) {
                    yield closing(socket, false, () -> refuse(dial));
                }
                List<Limit> limits = relays.limits(judged);
                yield limits.isEmpty()
                        ? closing(socket, blocking, () -> dial(dial, blocking))
                        : closing(socket, true, () -> relay(dial, judged, limits));
            }
        };
    }

    private static Task closing(Socket socket, boolean slow, Runnable work) {
        return new Task(
                slow,
                () -> {
                    try (socket) {
                        work.run();
                    }
                });
    }

    /**
     * A connection that is asked for.
     *
     * @param closing on execve(2), as the program's descriptor does: O_CLOEXEC or 0
     * @param judged what is told of how it ends; null where nobody is told
     */
    private record Dial(
            Call call,
            Socket socket,
            int family,
            long closing,
            Destination.Outside to,
            long pid,
            @Nullable JudgedConnection judged) {}

    /** A server of the sandbox's own that listens outside: nobody is asked, and nobody told. */
    private static Dial toPublished(Call call, Socket socket, int family, long closing, int port) {
        var to = new Destination.Outside("localhost", InetAddress.getLoopbackAddress(), port);
        return new Dial(call, socket, family, closing, to, 0, null);
    }

    private static Connection connection(Destination.Outside to, @Nullable Path program) {
        return new Connection(
                to.host(),
                to.port(),
                to.address(),
                Protocol.TCP,
                Direction.OUT,
                program,
                false,
                false,
                false,
                false);
    }

    /** On the program's own socket, which leads nowhere but inside. */
    private void inside(Call call, Socket socket, byte[] address) {
        long result = unanswered.remove(socket.identity()) ? 0 : socket.connect(address);
        if (!listener.answer(call, result) && result == 0) {
            unanswered.add(socket.identity());
        }
    }

    /** What connect(2) says of a socket that was handed in. */
    private long again(Socket socket) {
        return switch (socket.state()) {
            case CONNECTED -> unanswered.remove(socket.identity()) ? 0 : -Errno.EISCONN.number();
            case CONNECTING -> -Errno.EALREADY.number();
            case CLOSED -> {
                long error = socket.takeError();
                yield error < 0 ? error : -Errno.ECONNABORTED.number();
            }
        };
    }

    private void refuse(Dial dial) {
        listener.answer(dial.call(), -Errno.EACCES.number());
        told(dial, attempts::refused);
    }

    private void dial(Dial dial, boolean blocking) {
        dialled(dial, (ours, family) -> hand(dial, ours, family, blocking));
    }

    /** Its socket stays inside, and is carried; who does not wait for it waits all the same. */
    private void relay(Dial dial, JudgedConnection judged, List<Limit> limits) {
        dialled(
                dial,
                (outside, family) -> {
                    long result = connected(dial, outside, family, true);
                    if (result != 0) {
                        return false;
                    }
                    long met = relays.meet(dial.socket(), dial.family());
                    if (met < 0) {
                        failed(dial, met);
                        return false;
                    }
                    Socket inside = new Socket(kernel, met);
                    if (!listener.answer(dial.call(), 0)) {
                        unanswered.add(dial.socket().identity());
                    }
                    long number =
                            attempts.reached(dial.pid(), judged.connection(), judged.judgement());
                    relays.carry(
                            inside,
                            outside,
                            limits,
                            (sent, received) -> attempts.carried(number, sent, received));
                    return true;
                });
    }

    private interface Handing {
        /** Whether the socket was given away, and is not to be closed. */
        boolean hand(Socket ours, int family);
    }

    private void dialled(Dial dial, Handing handing) {
        InetAddress address = dial.to().address();
        int family =
                dial.family() == SocketAddress.INET && !(address instanceof Inet4Address)
                        ? SocketAddress.INET6
                        : dial.family();
        long opened = Socket.open(kernel, family, false);
        if (opened == -Errno.EAFNOSUPPORT.number() && address instanceof Inet4Address) {
            family = SocketAddress.INET;
            opened = Socket.open(kernel, family, false);
        }
        if (opened < 0) {
            failed(dial, opened);
            return;
        }
        Socket ours = new Socket(kernel, opened);
        boolean given = false;
        try {
            ours.likewise(dial.socket());
            given = handing.hand(ours, family);
        } finally {
            if (!given) {
                ours.close();
            }
        }
    }

    /**
     * Connects; what failed has been answered.
     *
     * @param waits until it is no longer under way
     * @return 0, or a negated errno
     */
    private long connected(Dial dial, Socket ours, int family, boolean waits) {
        long result = ours.connect(dial.to().address(), dial.to().port(), family);
        if (waits && Socket.underWay(result)) {
            if (!arrives(dial.call(), ours)) {
                return -Errno.EINTR.number(); // nobody waits any more
            }
            result = ours.takeError();
        }
        if (result < 0 && !Socket.underWay(result)) {
            failed(dial, result);
        }
        return result;
    }

    /** Puts it in the place of the program's. */
    private boolean hand(Dial dial, Socket ours, int family, boolean blocking) {
        long result = connected(dial, ours, family, blocking);
        if (result < 0 && !Socket.underWay(result)) {
            return false;
        }
        if (blocking) {
            kernel.call(Syscall.fcntl, ours.descriptor(), F_SETFL, 0); // as the program's
        }
        if (!listener.replace(
                dial.call(), (int) dial.call().first(), ours.descriptor(), dial.closing())) {
            return false;
        }
        if (!listener.answer(dial.call(), result) && result == 0) {
            unanswered.add(ours.identity());
        }
        if (result == 0) {
            told(dial, attempts::reached);
            return false;
        }
        underway.watch(
                ours,
                reached ->
                        told(
                                dial,
                                reached
                                        ? attempts::reached
                                        : (pid, asked, judgement) ->
                                                attempts.failed(pid, asked, judgement, 0)));
        return true;
    }

    /** Waits until it is connected or has failed, or until nobody waits for it. */
    private boolean arrives(Call call, Socket ours) {
        try (NativeMemory memory = new NativeMemory(64)) {
            long poll = memory.longs(ours.descriptor() | POLLOUT << 32);
            while (kernel.call(Syscall.poll, poll, 1, LOOK_EVERY_MILLIS) <= 0) {
                if (!listener.waits(call)) {
                    return false;
                }
            }
        }
        return true;
    }

    private interface Telling {
        void tell(long pid, Connection asked, Judgement judgement);
    }

    private static void told(Dial dial, Telling telling) {
        JudgedConnection judged = dial.judged();
        if (judged != null) {
            telling.tell(dial.pid(), judged.connection(), judged.judgement());
        }
    }

    private void failed(Dial dial, long result) {
        listener.answer(dial.call(), result);
        told(
                dial,
                (pid, asked, judgement) -> attempts.failed(pid, asked, judgement, (int) -result));
    }

    /**
     * A socket with a name in a folder. What lies where the program may write is its own affair;
     * another is outside, whoever sees its name.
     *
     * @param file a descriptor of it, or a negated errno
     */
    private void toFile(
            Call call, Socket socket, String path, long file, long pid, @Nullable Path program) {
        if (file < 0) {
            listener.answer(call, file);
            return;
        }
        try {
            if (!isForWriting(file)) {
                Connection connection =
                        new Connection(
                                path,
                                0,
                                null,
                                Protocol.UNIX,
                                Direction.OUT,
                                program,
                                false,
                                false,
                                false,
                                false);
                Judgement judgement = keeper.judge(connection);
                if (!judgement.allowed()) {
                    listener.answer(call, -Errno.EACCES.number());
                    attempts.refused(pid, connection, judgement);
                    return;
                }
                attempts.reached(pid, connection, judgement);
            }
            byte[] name = ("/proc/self/fd/" + file).getBytes(StandardCharsets.US_ASCII);
            byte[] address = new byte[2 + name.length + 1];
            address[0] = SocketAddress.UNIX;
            System.arraycopy(name, 0, address, 2, name.length);
            inside(call, socket, address);
        } finally {
            kernel.call(Syscall.close, file);
        }
    }

    private boolean isForWriting(long file) {
        try (NativeMemory memory = new NativeMemory(256)) {
            long about = memory.allocate(STATFS_BYTES);
            return kernel.call(Syscall.fstatfs, file, about) == 0
                    && (memory.getLong(about + STATFS_FLAGS_AT) & ST_RDONLY) == 0;
        }
    }
}
