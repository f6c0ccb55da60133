package dev.blast.enforcer.gate;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel says of sockets of TCP by netlink, sock_diag(7): in answer to a question, and of
 * its own accord when one is no more, to who listens to {@link #GROUPS}.
 */
sealed interface SocketDiagnosis {
    int PROTOCOL = 4; // NETLINK_SOCK_DIAG

    /** SKNLGRP_INET_TCP_DESTROY and SKNLGRP_INET6_TCP_DESTROY. */
    int GROUPS = 0b101;

    int MOST_BYTES = 4096;

    int HEADER_BYTES = 16; // struct nlmsghdr
    int ADDRESS_BYTES = 16;

    /**
     * What went through one.
     *
     * @param identity as {@link Socket#identity} says it
     * @param isOver whether it is no more
     * @param sent each byte once, however often it was sent
     */
    record Carried(long identity, boolean isOver, long sent, long received)
            implements SocketDiagnosis {}

    /**
     * There is no such socket any more; how it was when it ended is told soon, or was.
     *
     * @param sequence of the question
     */
    record Unknown(int sequence) implements SocketDiagnosis {}

    /** Those that a message tells; it is the kernel's and believed to be whole. */
    static List<SocketDiagnosis> of(byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.nativeOrder());
        var told = new ArrayList<SocketDiagnosis>();
        int at = 0;
        while (at + HEADER_BYTES <= message.length) {
            int length = bytes.getInt(at);
            if (length < HEADER_BYTES || at + length > message.length) {
                break;
            }
            switch (bytes.getShort(at + 4)) {
                case 2 -> // NLMSG_ERROR, with the question behind it
                        told.add(new Unknown(bytes.getInt(at + HEADER_BYTES + 4 + 8)));
                case 20 -> about(bytes, at, length, told); // SOCK_DIAG_BY_FAMILY
                default -> {}
            }
            at += (length + 3) & ~3;
        }
        return told;
    }

    /** {@code struct inet_diag_msg} with attributes behind it. */
    private static void about(ByteBuffer bytes, int at, int length, List<SocketDiagnosis> told) {
        int state = bytes.get(at + HEADER_BYTES + 1);
        long identity = bytes.getLong(at + HEADER_BYTES + 4 + 40);
        int attribute = at + HEADER_BYTES + 72;
        int before = told.size();
        while (attribute + 4 <= at + length) {
            int bytesOfIt = Short.toUnsignedInt(bytes.getShort(attribute));
            if (bytes.getShort(attribute + 2) == 2 && bytesOfIt >= 4 + TcpInfo.BYTES) {
                told.add(
                        TcpInfo.at(bytes, attribute + 4, state)
                                .of(identity, state == TcpInfo.CLOSE));
            }
            attribute += Math.max(4, (bytesOfIt + 3) & ~3);
        }
        if (told.size() == before) { // only what it leaves behind, in TIME_WAIT
            told.add(new Unknown(bytes.getInt(at + 8)));
        }
    }

    /**
     * The question what went through one, {@code struct inet_diag_req_v2}.
     *
     * @param family of the socket
     */
    static byte[] question(
            int sequence,
            int family,
            long identity,
            SocketAddress.Internet ours,
            SocketAddress.Internet theirs) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + 56).order(ByteOrder.nativeOrder());
        bytes.putInt(bytes.capacity()).putShort((short) 20).putShort((short) 1).putInt(sequence);
        bytes.putInt(0);
        bytes.put((byte) family).put((byte) 6).put((byte) 0b10).put((byte) 0).putInt(-1);
        bytes.order(ByteOrder.BIG_ENDIAN);
        bytes.putShort((short) ours.port()).putShort((short) theirs.port());
        put(bytes, ours.address(), family);
        put(bytes, theirs.address(), family);
        bytes.putInt(0).order(ByteOrder.nativeOrder()).putLong(identity);
        return bytes.array();
    }

    private static void put(ByteBuffer bytes, InetAddress address, int family) {
        int from = bytes.position();
        byte[] all = SocketAddress.bytes(address, 0, family);
        int skipped = family == SocketAddress.INET6 ? 8 : 4; // up to the address
        int length = family == SocketAddress.INET6 ? ADDRESS_BYTES : 4;
        bytes.put(all, skipped, length).position(from + ADDRESS_BYTES);
    }
}
