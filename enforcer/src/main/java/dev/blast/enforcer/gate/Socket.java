package dev.blast.enforcer.gate;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A socket by its descriptor in this process, the program's or one made for it. Results are the
 * kernel's, a negated errno among them. For one thread at a time.
 */
final class Socket implements AutoCloseable {
    static final int STREAM = 1; // SOCK_…
    private static final long SOCK_NONBLOCK = 04000;
    private static final long SOCK_CLOEXEC = 02000000;
    private static final long SOL_SOCKET = 1;
    private static final long SO_TYPE = 3;
    private static final long SO_ERROR = 4;
    private static final long SO_RCVBUF = 8;
    private static final int SO_KEEPALIVE = 9;
    private static final long SO_LINGER = 13;
    private static final long SO_DOMAIN = 39;
    private static final long POLLIN = 1;
    private static final long POLLOUT = 4;
    private static final long AF_UNSPEC = 0;
    private static final long SHUT_RD = 0;
    private static final long SHUT_WR = 1;
    private static final long SHUT_BOTH = 2;
    private static final long SO_COOKIE = 57;
    private static final long SO_NETNS_COOKIE = 71;
    private static final long IPPROTO_TCP = 6;
    private static final long TCP_INFO = 11;
    private static final int TCP_INFO_BYTES = 8;
    private static final int TCP_SYN_SENT = 2;
    private static final int TCP_CLOSE = 7;
    private static final int TCP_LISTEN = 10;
    private static final int STAT_BYTES = 144;
    private static final int STAT_INODE_AT = 8;

    /** How far a connection of TCP has come, from its state in {@code netinet/tcp.h}. */
    enum State {
        CONNECTING,
        /** Established, or over since. */
        CONNECTED,
        /** It never was. */
        CLOSED
    }

    /**
     * What a program may have set before it connects, by level and name: SO_KEEPALIVE, IP_TOS,
     * TCP_NODELAY, TCP_USER_TIMEOUT. All of them are 0 in a new socket.
     */
    private static final int[][] NUMBERS = {{1, 9}, {0, 1}, {6, 1}, {6, 18}};

    /** TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT, where SO_KEEPALIVE is set. */
    private static final int[][] KEEPING = {{6, 4}, {6, 5}, {6, 6}};

    /** SO_RCVTIMEO and SO_SNDTIMEO, sixteen bytes, and SO_LINGER, eight; in a new one all zero. */
    private static final int[][] WIDER = {{1, 20, 16}, {1, 21, 16}, {1, 13, 8}};

    private final Kernel kernel;
    private final long descriptor;
    private final NativeMemory memory = new NativeMemory(512);

    Socket(Kernel kernel, long descriptor) {
        this.kernel = kernel;
        this.descriptor = descriptor;
    }

    /** A new one for TCP, in the network of this process; its descriptor, or a negated errno. */
    static long open(Kernel kernel, int family, boolean blocking) {
        long type = STREAM | SOCK_CLOEXEC | (blocking ? 0 : SOCK_NONBLOCK);
        return kernel.call(Syscall.socket, family, type, 0);
    }

    long descriptor() {
        return descriptor;
    }

    /** AF_INET and its like; ENOTSOCK where it is something else. */
    long family() {
        return number(SOL_SOCKET, SO_DOMAIN);
    }

    /** SOCK_STREAM and its like. */
    long type() {
        return number(SOL_SOCKET, SO_TYPE);
    }

    /** Of its network namespace: the same for all sockets of one. */
    long network() {
        return wide(SO_NETNS_COOKIE);
    }

    /** Its own: no other socket has it, ever. */
    long identity() {
        return wide(SO_COOKIE);
    }

    /** What it reports once, as to the program. */
    long takeError() {
        return -number(SOL_SOCKET, SO_ERROR);
    }

    State state() {
        return switch (tcpState()) {
            case TCP_SYN_SENT -> State.CONNECTING;
            case 0, TCP_CLOSE -> State.CLOSED;
            default -> State.CONNECTED;
        };
    }

    /** 0 where it is no socket of TCP. */
    private int tcpState() {
        long info = memory.allocate(TCP_INFO_BYTES);
        long length = memory.longs(TCP_INFO_BYTES);
        long read =
                kernel.call(Syscall.getsockopt, descriptor, IPPROTO_TCP, TCP_INFO, info, length);
        return read < 0 ? 0 : memory.getInt(info) & 0xff;
    }

    long connect(byte[] address) {
        return kernel.call(Syscall.connect, descriptor, memory.bytes(address), address.length);
    }

    long connect(InetAddress address, int port, int family) {
        return connect(SocketAddress.bytes(address, port, family));
    }

    long listen(long backlog) {
        return kernel.call(Syscall.listen, descriptor, backlog);
    }

    /** Whether there is something to read or to accept within that time. */
    boolean waitToRead(int millis) {
        return poll(POLLIN, millis);
    }

    /** Whether it may be written to, or has failed, within that time. */
    boolean waitToWrite(int millis) {
        return poll(POLLOUT, millis);
    }

    private boolean poll(long events, int millis) {
        try (NativeMemory own = new NativeMemory(64)) {
            return kernel.call(Syscall.poll, own.longs(descriptor | (events << 32)), 1, millis) > 0;
        }
    }

    long bind(InetAddress address, int port, int family) {
        byte[] bytes = SocketAddress.bytes(address, port, family);
        return kernel.call(Syscall.bind, descriptor, memory.bytes(bytes), bytes.length);
    }

    /** Its own address; null where it has none of the Internet. */
    SocketAddress.@Nullable Internet bound() {
        return address(Syscall.getsockname);
    }

    /** That of the other side; null where there is none of the Internet. */
    SocketAddress.@Nullable Internet peer() {
        return address(Syscall.getpeername);
    }

    private SocketAddress.@Nullable Internet address(Syscall call) {
        long address = memory.allocate(SocketAddress.MOST_BYTES);
        long length = memory.longs(SocketAddress.MOST_BYTES);
        long result = kernel.call(call, descriptor, address, length);
        return result == 0
                        && SocketAddress.of(memory.getBytes(address, memory.getInt(length)))
                                instanceof SocketAddress.Internet internet
                ? internet
                : null;
    }

    /** As {@code /proc/net/tcp} lists it. */
    long inode() {
        long about = memory.allocate(STAT_BYTES);
        long result = kernel.call(Syscall.fstat, descriptor, about);
        return result < 0 ? result : memory.getLong(about + STAT_INODE_AT);
    }

    /** SO_REUSEADDR and SO_REUSEPORT, of another that is bound. */
    void share(Socket other) {
        long value = memory.allocate(16);
        long length = memory.allocate(8);
        copy(other, 1, 2, 4, value, length);
        copy(other, 1, 15, 4, value, length);
    }

    /** How much may wait to be read, in bytes; the kernel takes twice as much for its own ends. */
    void receiveBuffer(int bytes) {
        kernel.call(Syscall.setsockopt, descriptor, SOL_SOCKET, SO_RCVBUF, memory.longs(bytes), 4);
    }

    /** Nothing more is read from it. */
    void endReading() {
        kernel.call(Syscall.shutdown, descriptor, SHUT_RD);
    }

    /** Says that nothing more comes. */
    void endWriting() {
        kernel.call(Syscall.shutdown, descriptor, SHUT_WR);
    }

    /**
     * Ends both directions of a stream, for threads that wait at it too. The other side is sent a
     * reset, and so reads an error: at once, or where the kernel lets nobody disconnect what a
     * thread waits at (Linux 6.4 to 6.6) as soon as this is closed.
     */
    void breakOff() {
        breaksOffOnClose(true);
        endReading(); // of which the other side sees nothing
        if (kernel.call(Syscall.connect, descriptor, memory.longs(AF_UNSPEC, 0), 16) < 0) {
            kernel.call(Syscall.shutdown, descriptor, SHUT_BOTH);
        }
    }

    /** Whether its close is a reset for the other side, also where this process is killed. */
    void breaksOffOnClose(boolean does) {
        long linger = memory.longs(does ? 1 : 0); // struct linger: on or off, and no second
        kernel.call(Syscall.setsockopt, descriptor, SOL_SOCKET, SO_LINGER, linger, 8);
    }

    boolean isListening() {
        return tcpState() == TCP_LISTEN;
    }

    /** Sets what is set on another of the same kind; this one is new. */
    void likewise(Socket other) {
        long value = memory.allocate(16);
        long length = memory.allocate(8);
        for (int[] option : NUMBERS) {
            boolean set = copy(other, option[0], option[1], 4, value, length);
            if (set && option[1] == SO_KEEPALIVE) {
                for (int[] how : KEEPING) {
                    copy(other, how[0], how[1], 4, value, length);
                }
            }
        }
        for (int[] option : WIDER) {
            copy(other, option[0], option[1], option[2], value, length);
        }
    }

    /** Whether it is set there. */
    private boolean copy(Socket other, int level, int name, int bytes, long value, long length) {
        memory.putLong(value, 0);
        memory.putLong(value + 8, 0);
        memory.putLong(length, bytes);
        long read = kernel.call(Syscall.getsockopt, other.descriptor, level, name, value, length);
        boolean set = read == 0 && (memory.getLong(value) != 0 || memory.getLong(value + 8) != 0);
        if (set) {
            kernel.call(Syscall.setsockopt, descriptor, level, name, value, bytes);
        }
        return set;
    }

    private long number(long level, long name) {
        long value = memory.allocate(8);
        long result =
                kernel.call(Syscall.getsockopt, descriptor, level, name, value, memory.longs(4));
        return result < 0 ? result : memory.getInt(value);
    }

    private long wide(long name) {
        long value = memory.allocate(8);
        long result =
                kernel.call(
                        Syscall.getsockopt, descriptor, SOL_SOCKET, name, value, memory.longs(8));
        return result < 0 ? result : memory.getLong(value);
    }

    /** Whether a result says that it is on its way. */
    static boolean underWay(long result) {
        return result == -Errno.EINPROGRESS.number();
    }

    @Override
    public void close() {
        kernel.call(Syscall.close, descriptor);
        memory.close();
    }
}
