package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.Step;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The rows that furnish a network namespace of one's own. Numbers and structures are from {@code
 * linux/*.h}.
 */
final class NetworkRows {
    private static final long AF_INET = 2;
    private static final long AF_INET6 = 10;
    private static final long AF_NETLINK = 16;
    private static final long SOCK_STREAM = 1;
    private static final long SOCK_DGRAM = 2;
    private static final long SOCK_CLOEXEC = 02000000;
    private static final long SIOCSIFFLAGS = 0x8914;

    /** The size of {@code struct ifreq}, and where in it the flags are, after the name. */
    private static final int IFREQ_BYTES = 40;

    private static final int IFNAMSIZ = 16;
    private static final byte IFF_UP = 1;

    /** The loopback is the first interface of every namespace. */
    private static final int LOOPBACK_INDEX = 1;

    private static final short RTM_NEWADDR = 20;
    private static final short REQUEST_CREATE_ACK = 1 | 0x400 | 4; // NLM_F_…
    private static final byte IFA_F_NODAD = 2;
    private static final short IFA_ADDRESS = 1;
    private static final short IFA_LOCAL = 2;
    private static final int NLMSG_HEADER_BYTES = 16;
    private static final int SOCKADDR_IN_BYTES = 16;
    private static final long WAITING_AT_MOST = 64;

    private final SpawnTable table;
    private final NativeMemory memory;

    NetworkRows(SpawnTable table, NativeMemory memory) {
        this.table = table;
        this.memory = memory;
    }

    /** See netdevice(7): the kernel gives it its addresses when it comes up. */
    void bringUpLoopback() {
        byte[] request = new byte[IFREQ_BYTES];
        request[0] = 'l';
        request[1] = 'o';
        request[IFNAMSIZ] = IFF_UP;
        SpawnTable.Row socket = table.call(Syscall.socket, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        table.call(Syscall.ioctl, 0, SIOCSIFFLAGS, memory.bytes(request)).on(socket);
        table.call(Syscall.close, 0).on(socket);
    }

    /**
     * As {@link ForGate} has them: the name server's, by datagram and by stream, and the relays'.
     */
    List<SpawnTable.Row> gateSockets() {
        addAddress(AF_INET, Step.GateSockets.ADDRESS, Step.GateSockets.PREFIX, false);
        addAddress(AF_INET6, Step.GateSockets.ADDRESS6, Step.GateSockets.PREFIX6, true);
        SpawnTable.Row datagrams =
                bound(SOCK_DGRAM, Step.GateSockets.NAME_SERVER, Step.GateSockets.NAME_SERVER_PORT);
        SpawnTable.Row streams =
                bound(SOCK_STREAM, Step.GateSockets.NAME_SERVER, Step.GateSockets.NAME_SERVER_PORT);
        SpawnTable.Row meeting =
                bound(SOCK_STREAM, Step.GateSockets.ADDRESS, Step.GateSockets.MEETING_PORT);
        table.call(Syscall.listen, 0, WAITING_AT_MOST).on(streams);
        table.call(Syscall.listen, 0, WAITING_AT_MOST).on(meeting);
        return List.of(datagrams, streams, meeting);
    }

    private SpawnTable.Row bound(long type, String at, int port) {
        ByteBuffer address = ByteBuffer.allocate(SOCKADDR_IN_BYTES).order(ByteOrder.nativeOrder());
        address.putShort((short) AF_INET);
        address.order(ByteOrder.BIG_ENDIAN).putShort((short) port);
        address.put(InetAddress.ofLiteral(at).getAddress());
        SpawnTable.Row socket = table.call(Syscall.socket, AF_INET, type | SOCK_CLOEXEC, 0);
        table.call(Syscall.bind, 0, memory.bytes(address.array()), SOCKADDR_IN_BYTES).on(socket);
        return socket;
    }

    /**
     * By rtnetlink(7), whose answer must be that it was done.
     *
     * @param optional a kernel without this family has no such socket
     */
    private void addAddress(long family, String literal, int prefix, boolean optional) {
        byte[] address = InetAddress.ofLiteral(literal).getAddress();
        int attributeBytes = 4 + address.length;
        int length = NLMSG_HEADER_BYTES + 8 + 2 * attributeBytes;
        ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        message.putInt(length).putShort(RTM_NEWADDR).putShort(REQUEST_CREATE_ACK);
        message.putInt(1).putInt(0); // its number; to the kernel
        message.put((byte) family).put((byte) prefix).put(IFA_F_NODAD).put((byte) 0);
        message.putInt(LOOPBACK_INDEX);
        for (short attribute : new short[] {IFA_LOCAL, IFA_ADDRESS}) {
            message.putShort((short) attributeBytes).putShort(attribute).put(address);
        }
        long answer = memory.allocate(512);
        SpawnTable.Row socket =
                table.call(Syscall.socket, AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        SpawnTable.Row sent =
                table.call(Syscall.sendto, 0, memory.bytes(message.array()), length, 0, 0, 0)
                        .on(socket);
        SpawnTable.Row answered = table.call(Syscall.recvfrom, 0, answer, 512, 0, 0, 0).on(socket);
        table.call(Syscall.close, 0).on(socket);
        if (optional) {
            sent.mayFail();
            answered.mayFail();
        } else { // struct nlmsgerr: no error, and the length of what it answers
            table.expect(answer + NLMSG_HEADER_BYTES, (long) length << 32);
        }
    }
}
