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
    private static final long AF_PACKET = 17;
    private static final long SOCK_STREAM = 1;
    private static final long SOCK_DGRAM = 2;
    private static final long SOCK_RAW = 3;
    private static final long SOCK_CLOEXEC = 02000000;
    private static final long SIOCSIFFLAGS = 0x8914;

    /** The size of {@code struct ifreq}, and where in it the flags are, after the name. */
    private static final int IFREQ_BYTES = 40;

    private static final int IFNAMSIZ = 16;
    private static final byte IFF_UP = 1;

    /** The loopback is the first interface of every namespace. */
    private static final int LOOPBACK_INDEX = 1;

    private static final short RTM_SETLINK = 19;
    private static final short RTM_NEWADDR = 20;
    private static final short RTM_NEWROUTE = 24;
    private static final short REQUEST_CREATE_ACK = 1 | 0x400 | 4; // NLM_F_…
    private static final byte IFA_F_NODAD = 2;
    private static final short IFA_ADDRESS = 1;
    private static final short IFA_LOCAL = 2;
    private static final byte RT_TABLE_MAIN = (byte) 254;
    private static final byte RTPROT_STATIC = 4;
    private static final byte RT_SCOPE_LINK = (byte) 253;
    private static final byte RTN_UNICAST = 1;
    private static final short RTA_OIF = 4;
    private static final short RTA_PREFSRC = 7;
    private static final short IFLA_AF_SPEC = 26;
    private static final short IFLA_INET_CONF = 1;
    private static final short IPV4_DEVCONF_FORWARDING = 1;

    /** Linux 7.2 does not accept a nested attribute without it. */
    private static final int NLA_F_NESTED = 1 << 15;

    private static final int NLMSG_HEADER_BYTES = 16;
    private static final int SOCKADDR_IN_BYTES = 16;
    private static final int SOCKADDR_LL_BYTES = 20;
    private static final short ETH_P_IP = 0x0800;
    private static final long SOL_SOCKET = 1;
    private static final long SO_RCVBUF = 8;
    private static final long SO_ATTACH_FILTER = 26;

    /**
     * What was asked is answered before sendto(2) returns; where it was not asked, nobody must wait
     * for ever.
     */
    private static final long MSG_DONTWAIT = 0x40;

    /** The kernel cuts it down to what the machine lets everybody have. */
    private static final long WAITING_BYTES = 4L << 20;

    private static final long SOL_PACKET = 263;
    private static final long PACKET_VNET_HDR = 15;
    private static final long PACKET_IGNORE_OUTGOING = 23;
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
     * As {@link ForGate} has them: the name server's, by datagram and by stream, the relays', and
     * the one at which datagrams are seen that would leave.
     */
    List<SpawnTable.Row> gateSockets() {
        addAddress(AF_INET, Step.GateSockets.ADDRESS, Step.GateSockets.PREFIX, false);
        addAddress(AF_INET6, Step.GateSockets.ADDRESS6, Step.GateSockets.PREFIX6, true);
        SpawnTable.Row leaving = seesDatagrams();
        stopForwarding();
        routeToLoopback();
        SpawnTable.Row datagrams =
                bound(SOCK_DGRAM, Step.GateSockets.NAME_SERVER, Step.GateSockets.NAME_SERVER_PORT);
        SpawnTable.Row streams =
                bound(SOCK_STREAM, Step.GateSockets.NAME_SERVER, Step.GateSockets.NAME_SERVER_PORT);
        SpawnTable.Row meeting =
                bound(SOCK_STREAM, Step.GateSockets.ADDRESS, Step.GateSockets.MEETING_PORT);
        table.call(Syscall.listen, 0, WAITING_AT_MOST).on(streams);
        table.call(Syscall.listen, 0, WAITING_AT_MOST).on(meeting);
        return List.of(datagrams, streams, meeting, leaving);
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
     * Whatever is not inside goes to the loopback, where nobody takes it: packet(7) sees it there.
     */
    private void routeToLoopback() {
        byte[] source = InetAddress.ofLiteral(Step.GateSockets.ADDRESS).getAddress();
        ByteBuffer message = message(RTM_NEWROUTE, 12 + 8 + 8); // struct rtmsg and two attributes
        message.put((byte) AF_INET).put((byte) 0).put((byte) 0).put((byte) 0);
        message.put(RT_TABLE_MAIN).put(RTPROT_STATIC).put(RT_SCOPE_LINK).put(RTN_UNICAST);
        message.putInt(0);
        message.putShort((short) 8).putShort(RTA_OIF).putInt(LOOPBACK_INDEX);
        message.putShort((short) 8).putShort(RTA_PREFSRC).put(source);
        ask(message, false);
    }

    private void stopForwarding() {
        ask(forwardingOff(), false);
    }

    /** A new namespace does as the machine does: what is sent on would come by without end. */
    static ByteBuffer forwardingOff() {
        ByteBuffer message = message(RTM_SETLINK, 16 + 20); // struct ifinfomsg, nested attributes
        message.putInt(0).putInt(LOOPBACK_INDEX).putInt(0).putInt(0);
        message.putShort((short) 20).putShort((short) (IFLA_AF_SPEC | NLA_F_NESTED));
        message.putShort((short) 16).putShort((short) (AF_INET | NLA_F_NESTED));
        message.putShort((short) 12).putShort((short) (IFLA_INET_CONF | NLA_F_NESTED));
        return message.putShort((short) 8).putShort(IPV4_DEVCONF_FORWARDING).putInt(0);
    }

    /** Each datagram once, with what says into how many it is to be cut. */
    private SpawnTable.Row seesDatagrams() {
        long one = memory.longs(1);
        byte[] filter = LeavingDatagrams.filter();
        long program = memory.longs(filter.length / 8L, memory.bytes(filter)); // struct sock_fprog
        ByteBuffer where = ByteBuffer.allocate(SOCKADDR_LL_BYTES).order(ByteOrder.nativeOrder());
        where.putShort((short) AF_PACKET);
        where.order(ByteOrder.BIG_ENDIAN).putShort(ETH_P_IP);
        where.order(ByteOrder.nativeOrder()).putInt(LOOPBACK_INDEX);
        SpawnTable.Row socket = table.call(Syscall.socket, AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
        table.call(Syscall.setsockopt, 0, SOL_SOCKET, SO_ATTACH_FILTER, program, 16).on(socket);
        table.call(Syscall.setsockopt, 0, SOL_SOCKET, SO_RCVBUF, memory.longs(WAITING_BYTES), 4)
                .on(socket);
        table.call(Syscall.setsockopt, 0, SOL_PACKET, PACKET_VNET_HDR, one, 4).on(socket);
        table.call(Syscall.setsockopt, 0, SOL_PACKET, PACKET_IGNORE_OUTGOING, one, 4).on(socket);
        table.call(Syscall.bind, 0, memory.bytes(where.array()), SOCKADDR_LL_BYTES).on(socket);
        return socket;
    }

    /**
     * @param optional a kernel without this family has no such socket
     */
    private void addAddress(long family, String literal, int prefix, boolean optional) {
        byte[] address = InetAddress.ofLiteral(literal).getAddress();
        int attributeBytes = 4 + address.length;
        ByteBuffer message = message(RTM_NEWADDR, 8 + 2 * attributeBytes); // struct ifaddrmsg
        message.put((byte) family).put((byte) prefix).put(IFA_F_NODAD).put((byte) 0);
        message.putInt(LOOPBACK_INDEX);
        for (short attribute : new short[] {IFA_LOCAL, IFA_ADDRESS}) {
            message.putShort((short) attributeBytes).putShort(attribute).put(address);
        }
        ask(message, optional);
    }

    private static ByteBuffer message(short type, int bytes) {
        int length = NLMSG_HEADER_BYTES + bytes;
        ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        message.putInt(length).putShort(type).putShort(REQUEST_CREATE_ACK);
        return message.putInt(1).putInt(0); // its number; to the kernel
    }

    /**
     * By rtnetlink(7), whose answer must be that it was done.
     *
     * @param optional whether it need not be
     */
    private void ask(ByteBuffer message, boolean optional) {
        int length = message.capacity();
        byte[] bytes = new byte[length];
        message.get(0, bytes);
        long answer = memory.allocate(512);
        SpawnTable.Row socket =
                table.call(Syscall.socket, AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        SpawnTable.Row sent =
                table.call(Syscall.sendto, 0, memory.bytes(bytes), length, 0, 0, 0).on(socket);
        SpawnTable.Row answered =
                table.call(Syscall.recvfrom, 0, answer, 512, MSG_DONTWAIT, 0, 0).on(socket);
        table.call(Syscall.close, 0).on(socket);
        if (optional) {
            sent.mayFail();
            answered.mayFail();
        } else { // struct nlmsgerr: no error, and the length of what it answers
            table.expectAnswer(answer + NLMSG_HEADER_BYTES, (long) length << 32);
        }
    }
}
