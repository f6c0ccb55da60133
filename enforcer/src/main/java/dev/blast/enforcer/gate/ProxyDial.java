package dev.blast.enforcer.gate;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Has a proxy connect. For one connection, on a thread that may wait. */
final class ProxyDial {
    private static final long MSG_PEEK = 2;
    private static final long MSG_DONTWAIT = 0x40;
    private static final long MSG_NOSIGNAL = 0x4000;
    private static final int LOOK_EVERY_MILLIS = 250;
    private static final int MOST_ADDRESSES = 4;

    private final Kernel kernel;
    private final DialTarget.Through target;
    private final BooleanSupplier wanted;
    private final long end;
    private long sent;
    private long taken;

    /**
     * @param wanted asked now and then whether somebody waits for it still
     * @param patience for all of it
     */
    ProxyDial(Kernel kernel, DialTarget.Through target, BooleanSupplier wanted, Duration patience) {
        this.kernel = kernel;
        this.target = target;
        this.wanted = wanted;
        this.end = System.nanoTime() + patience.toNanos();
    }

    /** Who looks up where a proxy is. */
    interface Names {
        List<InetAddress> addresses(String name) throws UnknownHostException;
    }

    /**
     * How it ended, with a socket where it is connected.
     *
     * @param answer null where nobody waits for it any more
     * @param said what went through the socket for it
     */
    record Ended(@Nullable Socket socket, @Nullable ProxyAnswer answer, TcpInfo said) {
        static Ended without(@Nullable ProxyAnswer answer) {
            return new Ended(null, answer, TcpInfo.NOTHING);
        }
    }

    /**
     * Tries each address of the proxy until one can be spoken to.
     *
     * @param opener makes a socket that can reach an address; its descriptor or a negated errno
     * @param prepared makes it the caller's
     */
    Ended dial(Names names, ToLongFunction<InetAddress> opener, Function<Long, Socket> prepared) {
        List<InetAddress> addresses;
        try {
            addresses = names.addresses(target.proxy().host());
        } catch (UnknownHostException _) {
            return Ended.without(new ProxyAnswer.NotFound());
        }
        int errno = Errno.EHOSTUNREACH.number();
        for (InetAddress address : addresses.stream().limit(MOST_ADDRESSES).toList()) {
            long opened = opener.applyAsLong(address);
            if (opened < 0) {
                errno = (int) -opened;
                continue;
            }
            Socket socket = prepared.apply(opened);
            long result = connected(socket, address);
            if (result == 0) {
                ProxyAnswer answer = talk(socket);
                if (!(answer instanceof ProxyAnswer.Connected)) {
                    socket.close();
                    return Ended.without(answer);
                }
                return new Ended(socket, answer, new TcpInfo(sent, taken));
            }
            socket.close();
            if (!wanted.getAsBoolean()) {
                return Ended.without(null);
            }
            errno = (int) -result;
        }
        return Ended.without(new ProxyAnswer.Unreached(errno));
    }

    private long connected(Socket socket, InetAddress address) {
        long result = socket.connect(address, target.proxy().port(), (int) socket.family());
        if (!Socket.underWay(result)) {
            return result;
        }
        return waits(socket::waitToWrite) ? socket.takeError() : -Errno.ETIMEDOUT.number();
    }

    private interface Waiting {
        boolean waits(int millis);
    }

    /** False where the time is up, or nobody waits for it any more. */
    private boolean waits(Waiting waiting) {
        while (!waiting.waits(LOOK_EVERY_MILLIS)) {
            if (System.nanoTime() - end > 0 || !wanted.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    private @Nullable ProxyAnswer talk(Socket socket) {
        ProxyDialogue dialogue = ProxyDialogue.with(target.proxy(), target.host(), target.port());
        try (NativeMemory memory = new NativeMemory(2 * ProxyDialogue.MOST_BYTES)) {
            long buffer = memory.allocate(ProxyDialogue.MOST_BYTES);
            while (true) {
                byte[] toSend = dialogue.toSend();
                if (toSend.length > 0 && !send(socket, memory.bytes(toSend), toSend.length)) {
                    return new ProxyAnswer.Ended();
                }
                if (!waits(socket::waitToRead)) {
                    return wanted.getAsBoolean() ? new ProxyAnswer.Silent() : null;
                }
                ProxyAnswer answer = hear(socket, dialogue, memory, buffer);
                if (answer != null) {
                    return answer;
                }
                if (System.nanoTime() - end > 0) {
                    return new ProxyAnswer.Silent(); // it says a byte now and then
                }
            }
        }
    }

    /** At most a few hundred bytes, for which a new socket has room. */
    private boolean send(Socket socket, long bytes, int length) {
        sent += length;
        return kernel.call(Syscall.sendto, socket.descriptor(), bytes, length, MSG_NOSIGNAL, 0, 0)
                == length;
    }

    /** Takes away what belongs to the dialogue and leaves the rest to the program. */
    private @Nullable ProxyAnswer hear(
            Socket socket, ProxyDialogue dialogue, NativeMemory memory, long buffer) {
        long peeked = receive(socket, buffer, ProxyDialogue.MOST_BYTES, MSG_PEEK);
        if (peeked == -Errno.EAGAIN.number() || peeked == -Errno.EINTR.number()) {
            return null;
        }
        if (peeked <= 0) {
            return new ProxyAnswer.Ended();
        }
        int its = dialogue.take(memory.getBytes(buffer, (int) peeked));
        long read = receive(socket, buffer, its, 0);
        taken += its;
        return read == its ? dialogue.answer() : new ProxyAnswer.Ended();
    }

    private long receive(Socket socket, long buffer, long length, long flags) {
        return kernel.call(
                Syscall.recvfrom, socket.descriptor(), buffer, length, flags | MSG_DONTWAIT, 0, 0);
    }
}
