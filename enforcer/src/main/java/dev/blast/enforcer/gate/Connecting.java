package dev.blast.enforcer.gate;

import dev.blast.enforcer.gate.OutwardDial.Dial;
import dev.blast.enforcer.gate.SyscallListener.Call;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.verdict.Judgement;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
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
    private static final long ST_RDONLY = 1;
    private static final int STATFS_BYTES = 120;
    private static final int STATFS_FLAGS_AT = 80;

    private final Kernel kernel;
    private final SyscallListener listener;
    private final LastCaller lastCaller;
    private final long network;
    private final Function<InetAddress, Optional<SyntheticAddresses.Behind>> names;
    private final Publishing publishing;
    private final OutwardDial dialling;
    private final Gatekeeper keeper;
    private final Routing routing;
    private final Attempts attempts;
    private final OtherThreads elsewhere;

    private final Unanswered unanswered;

    /**
     * For one sandbox.
     *
     * @param network of its sockets, as {@link Socket#network} says it
     */
    Connecting(
            Kernel kernel,
            SyscallListener listener,
            LastCaller lastCaller,
            long network,
            Function<InetAddress, Optional<SyntheticAddresses.Behind>> names,
            Publishing publishing,
            OutwardDial dialling,
            Gatekeeper keeper,
            Attempts attempts,
            OtherThreads elsewhere,
            Unanswered unanswered) {
        this.kernel = kernel;
        this.listener = listener;
        this.lastCaller = lastCaller;
        this.network = network;
        this.names = names;
        this.publishing = publishing;
        this.dialling = dialling;
        this.keeper = keeper;
        this.routing = new Routing(keeper);
        this.attempts = attempts;
        this.elsewhere = elsewhere;
        this.unanswered = unanswered;
    }

    /** One call; what may take its time is answered elsewhere. */
    void answer(Call call) {
        try (WaitingThread caller = new WaitingThread(kernel, call.thread())) {
            int length = (int) call.third();
            if (length < 0 || length > SocketAddress.MOST_BYTES) {
                listener.answer(call, -Errno.EINVAL.number());
                return;
            }
            byte[] address = caller.memory(call.second(), length);
            if (address == null) {
                listener.answer(call, -Errno.EFAULT.number());
                return;
            }
            long taken = caller.take((int) call.first(), lastCaller);
            if (taken < 0) {
                listener.answer(call, taken);
                return;
            }
            Socket socket = new Socket(kernel, taken);
            if (listener.waits(call)) {
                answer(call, caller, socket, address);
            } else {
                socket.close(); // and so it was another's, perhaps
            }
        }
    }

    private void answer(Call call, WaitingThread caller, Socket socket, byte[] address) {
        long family = socket.family();
        SocketAddress asked = SocketAddress.of(address);
        if (family < 0 || asked instanceof SocketAddress.Malformed) {
            listener.answer(call, family < 0 ? family : -Errno.EINVAL.number());
            socket.close();
            return;
        }
        long flags = caller.flags((int) call.first());
        boolean blocking = (flags & O_NONBLOCK) == 0;
        boolean internet = family == SocketAddress.INET || family == SocketAddress.INET6;
        if (internet && socket.network() != network) {
            listener.answer(call, again(socket));
            socket.close();
        } else if (internet
                && asked instanceof SocketAddress.Internet to
                && socket.type() == Socket.STREAM) {
            if (unanswered.remove(socket)) { // one that a relay is behind
                listener.answer(call, 0);
                socket.close();
                return;
            }
            var dial =
                    new Dial(
                            call,
                            socket,
                            (int) family,
                            blocking,
                            flags & O_CLOEXEC,
                            new DialTarget.Direct(to.address(), to.port()),
                            caller.leader(),
                            null);
            if (Destination.isMeetingPlace(to)) {
                listener.answer(call, -Errno.ECONNREFUSED.number());
                socket.close();
            } else {
                connect(dial, caller, Destination.of(to, names), address);
            }
        } else if (family == SocketAddress.UNIX
                && asked instanceof SocketAddress.File(String path)) {
            long file = caller.file(path);
            Path program = caller.program();
            long pid = caller.leader();
            run(call, socket, blocking, () -> toFile(call, socket, path, file, pid, program));
        } else {
            run(call, socket, blocking && !internet, () -> inside(call, socket, address));
        }
    }

    /** Here or elsewhere; closes the program's socket. */
    private void run(Call call, Socket socket, boolean slow, Runnable work) {
        Runnable closing =
                () -> {
                    try (socket) {
                        work.run();
                    }
                };
        if (!slow) {
            closing.run();
        } else if (!elsewhere.does(closing)) {
            listener.answer(call, -Errno.EAGAIN.number());
            socket.close();
        }
    }

    private void connect(
            Dial asked, WaitingThread caller, Destination destination, byte[] address) {
        switch (destination) {
            case Destination.Inside(int port) -> {
                Optional<Dial> outside =
                        published(asked, port).or(() -> ofTheMachine(asked, caller, port));
                if (outside.isPresent()) {
                    dialling.dial(outside.get());
                } else {
                    run(
                            asked.call(),
                            asked.socket(),
                            asked.blocking(),
                            () -> insideAt(port, asked, address));
                }
            }
            case Destination.Outside to -> {
                Path program = caller.program();
                Optional<Routing.Routed> routed = routing.route(to, program);
                if (routed.isPresent()) {
                    go(asked, routed.get());
                } else if (!elsewhere.does(() -> lookUpAndGo(asked, to, program))) {
                    listener.answer(asked.call(), -Errno.EAGAIN.number());
                    asked.socket().close();
                }
            }
        }
    }

    private void go(Dial asked, Routing.Routed routed) {
        Dial dial = to(asked, routed.target(), routed.judged());
        if (routed.isAllowed()) {
            dialling.dial(dial);
        } else {
            dialling.refuse(dial);
        }
    }

    /**
     * For a name that no proxy dials under that port, or that only rules about its address allow.
     * The first address is dialled that they let be.
     */
    private void lookUpAndGo(Dial asked, Destination.Outside to, @Nullable Path program) {
        Routing.Routed last = null;
        try {
            for (InetAddress address : keeper.addresses(to.host())) {
                var there = new Destination.Outside(to.host(), address, to.port());
                last = routing.route(there, program).orElseThrow();
                if (last.isAllowed()) {
                    break;
                }
            }
        } catch (UnknownHostException _) {
            // as good as no address
        }
        if (last != null) {
            go(asked, last);
            return;
        }
        JudgedConnection byName = routing.byName(to, program);
        Dial dial = to(asked, asked.to(), byName);
        if (byName.judgement().allowed()) {
            dialling.unknown(dial);
        } else {
            dialling.refuse(dial);
        }
    }

    /** A server of its own that listens outside: nobody is asked, nor told. */
    private Optional<Dial> published(Dial asked, int port) {
        return publishing
                .outside(port)
                .map(there ->
                        to(
                                asked,
                                new DialTarget.Direct(InetAddress.getLoopbackAddress(), there),
                                null));
    }

    /**
     * A server on this machine's own loopback, which rules let be reached: where nobody inside
     * listens at its port, since there the loopback is the sandbox's first.
     */
    private Optional<Dial> ofTheMachine(Dial asked, WaitingThread caller, int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (String host : new String[] {loopback.getHostAddress(), "localhost"}) {
            var there = new Destination.Outside(host, loopback, port);
            Routing.Routed routed = routing.route(there, caller.program()).orElseThrow();
            if (routed.isAllowed()) {
                String process = Long.toString(asked.pid());
                return ListeningSockets.inodes(process, port).isEmpty()
                        ? Optional.of(to(asked, routed.target(), routed.judged()))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Dial to(Dial asked, DialTarget to, @Nullable JudgedConnection judged) {
        return new Dial(
                asked.call(),
                asked.socket(),
                asked.family(),
                asked.blocking(),
                asked.closing(),
                to,
                asked.pid(),
                judged);
    }

    /** The kernel answers over the loopback at once, also who does not want to wait. */
    private void insideAt(int port, Dial asked, byte[] address) {
        long result = onItself(asked.socket(), address);
        boolean isRefused =
                result == -Errno.ECONNREFUSED.number()
                        || (result == -Errno.EINPROGRESS.number()
                                && asked.socket().state() == Socket.State.CLOSED);
        answered(asked.call(), asked.socket(), result);
        if (isRefused) {
            keeper.missed(port);
        }
    }

    /** On the program's own socket, which leads nowhere but inside. */
    private void inside(Call call, Socket socket, byte[] address) {
        answered(call, socket, onItself(socket, address));
    }

    private long onItself(Socket socket, byte[] address) {
        return unanswered.remove(socket) ? 0 : socket.connect(address);
    }

    private void answered(Call call, Socket socket, long result) {
        if (!listener.answer(call, result) && result == 0) {
            unanswered.add(socket);
        }
    }

    /** What connect(2) says of a socket that was handed in. */
    private long again(Socket socket) {
        return switch (socket.state()) {
            case CONNECTED -> unanswered.remove(socket) ? 0 : -Errno.EISCONN.number();
            case CONNECTING -> -Errno.EALREADY.number();
            case CLOSED -> {
                long error = socket.takeError();
                yield error < 0 ? error : -Errno.ECONNABORTED.number();
            }
        };
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
                Connection connection = toFile(path, program);
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

    private static Connection toFile(String path, @Nullable Path program) {
        return new Connection(
                path, 0, null, Protocol.UNIX, Direction.OUT, program, false, false, false, false);
    }

    private boolean isForWriting(long file) {
        try (NativeMemory memory = new NativeMemory(256)) {
            long about = memory.allocate(STATFS_BYTES);
            return kernel.call(Syscall.fstatfs, file, about) == 0
                    && (memory.getLong(about + STATFS_FLAGS_AT) & ST_RDONLY) == 0;
        }
    }
}
