package dev.blast.enforcer.gate;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Serves names at the two sockets inside. Queries are read on one thread, answered on others. */
final class NameSockets implements AutoCloseable {
    private static final int MOST_BYTES = 65_535;
    private static final int ADDRESS_BYTES = 16; // struct sockaddr_in
    private static final long MSG_DONTWAIT = 0x40;
    private static final long MSG_NOSIGNAL = 0x4000;
    private static final long SOCK_CLOEXEC = 02000000;
    private static final long SOL_SOCKET = 1;
    private static final long SO_RCVTIMEO = 20;
    private static final long SECONDS_TO_ASK = 10;

    private final Kernel kernel;
    private final Socket datagrams;
    private final Socket streams;
    private final NameServer server;
    private final Executor workers;
    private final NativeMemory memory = new NativeMemory(MOST_BYTES + 256);
    private final long message = memory.allocate(MOST_BYTES);
    private final long from = memory.allocate(ADDRESS_BYTES);
    private final long fromBytes = memory.allocate(8);
    private boolean closed;

    NameSockets(
            Kernel kernel, Socket datagrams, Socket streams, NameServer server, Executor workers) {
        this.kernel = kernel;
        this.datagrams = datagrams;
        this.streams = streams;
        this.server = server;
        this.workers = workers;
    }

    /** What waits at the socket for datagrams. */
    void takeDatagram() {
        memory.putLong(fromBytes, ADDRESS_BYTES);
        long length =
                kernel.call(
                        Syscall.recvfrom,
                        datagrams.descriptor(),
                        message,
                        MOST_BYTES,
                        MSG_DONTWAIT,
                        from,
                        fromBytes);
        if (length >= 0) {
            byte[] query = memory.getBytes(message, (int) length);
            byte[] address = memory.getBytes(from, ADDRESS_BYTES);
            workers.execute(() -> answer(query, address));
        }
    }

    private void answer(byte[] query, byte[] address) {
        Optional<byte[]> answer = server.answer(query, NameServer.Transport.UDP);
        if (answer.isEmpty()) {
            return;
        }
        synchronized (datagrams) { // after the end its number may be another's
            if (closed) {
                return;
            }
            try (NativeMemory own = new NativeMemory(4096)) {
                kernel.call(
                        Syscall.sendto,
                        datagrams.descriptor(),
                        own.bytes(answer.get()),
                        answer.get().length,
                        MSG_NOSIGNAL,
                        own.bytes(address),
                        ADDRESS_BYTES);
            }
        }
    }

    /** Who waits at the socket for streams. */
    void takeStream() {
        long accepted = kernel.call(Syscall.accept4, streams.descriptor(), 0, 0, SOCK_CLOEXEC);
        if (accepted >= 0) {
            Socket socket = new Socket(kernel, accepted);
            try {
                workers.execute(() -> converse(socket));
            } catch (RejectedExecutionException e) {
                socket.close();
                throw e;
            }
        }
    }

    /** Query by query, each with two bytes of length before it, as long as they come. */
    private void converse(Socket socket) {
        try (socket;
                NativeMemory own = new NativeMemory()) {
            long patience = own.longs(SECONDS_TO_ASK, 0); // struct timeval
            kernel.call(
                    Syscall.setsockopt, socket.descriptor(), SOL_SOCKET, SO_RCVTIMEO, patience, 16);
            long buffer = own.allocate(MOST_BYTES);
            while (receive(socket, buffer, 2)) {
                int length =
                        Short.toUnsignedInt(ByteBuffer.wrap(own.getBytes(buffer, 2)).getShort());
                if (!receive(socket, buffer, length)) {
                    return;
                }
                Optional<byte[]> answer =
                        server.answer(own.getBytes(buffer, length), NameServer.Transport.TCP);
                if (answer.isEmpty() || !send(socket, answer.get())) {
                    return;
                }
            }
        }
    }

    private boolean receive(Socket socket, long buffer, int length) {
        long waitAll = 0x100; // MSG_WAITALL
        return kernel.call(Syscall.recvfrom, socket.descriptor(), buffer, length, waitAll, 0, 0)
                == length;
    }

    private boolean send(Socket socket, byte[] answer) {
        byte[] framed =
                ByteBuffer.allocate(2 + answer.length)
                        .putShort((short) answer.length)
                        .put(answer)
                        .array();
        try (NativeMemory own = new NativeMemory(framed.length + 32)) {
            return kernel.call(
                            Syscall.sendto,
                            socket.descriptor(),
                            own.bytes(framed),
                            framed.length,
                            MSG_NOSIGNAL,
                            0,
                            0)
                    == framed.length;
        }
    }

    @Override
    public void close() {
        synchronized (datagrams) {
            closed = true;
            datagrams.close();
        }
        streams.close();
        memory.close();
    }
}
