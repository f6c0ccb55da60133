package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.Step;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The sockets that a first process keeps for its gate, looked at as they are: the lists of all
 * sockets in {@code /proc/PID/net} take the kernel a millisecond each, however few there are.
 */
final class KeptSockets {
    private static final short AF_INET = 2;
    private static final short AF_PACKET = 17;
    private static final short ETH_P_IP = 0x0800;
    private static final int LOOPBACK_INDEX = 1;
    private static final int ADDRESS_BYTES = 128;

    private final Kernel kernel;
    private final int pidfd;
    private final Optional<ForGate> kept;

    KeptSockets(Kernel kernel, int pidfd, Optional<ForGate> kept) {
        this.kernel = kernel;
        this.pidfd = pidfd;
        this.kept = kept;
    }

    /** Whether those for names, by datagram and by stream, are bound to where they are asked. */
    boolean answersNames() {
        ByteBuffer expected = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        expected.putShort(AF_INET).order(ByteOrder.BIG_ENDIAN);
        expected.putShort((short) Step.GateSockets.NAME_SERVER_PORT);
        expected.put(InetAddress.ofLiteral(Step.GateSockets.NAME_SERVER).getAddress());
        return kept.isPresent()
                && isBound(kept.get().names(), expected)
                && isBound(kept.get().namesByStream(), expected);
    }

    /** Whether datagrams are seen on the loopback. */
    boolean seesDatagrams() {
        ByteBuffer expected = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        expected.putShort(AF_PACKET).order(ByteOrder.BIG_ENDIAN).putShort(ETH_P_IP);
        expected.order(ByteOrder.nativeOrder()).putInt(LOOPBACK_INDEX);
        return kept.isPresent() && isBound(kept.get().leaving(), expected);
    }

    /** By getsockname(2), whose first bytes say it. */
    private boolean isBound(int number, ByteBuffer expected) {
        long ours = kernel.call(Syscall.pidfd_getfd, pidfd, number, 0);
        if (ours < 0) {
            return false;
        }
        try (NativeMemory memory = new NativeMemory(512)) {
            long address = memory.allocate(ADDRESS_BYTES);
            long length = memory.longs(ADDRESS_BYTES);
            byte[] first = new byte[expected.capacity()];
            expected.get(0, first);
            return kernel.call(Syscall.getsockname, ours, address, length) == 0
                    && Arrays.equals(memory.getBytes(address, first.length), first);
        } finally {
            kernel.call(Syscall.close, ours);
        }
    }
}
