package dev.blast.enforcer.spawn;

import dev.blast.enforcer.plan.Step;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Which packets on the loopback of a sandbox are datagrams that would leave it: those of UDP over
 * version 4, whole, to one other machine. A classic BPF program over an Ethernet frame, see
 * socket(7), SO_ATTACH_FILTER.
 */
final class LeavingDatagrams {
    private static final int LOAD_WORD = 0x20; // BPF_LD | BPF_W | BPF_ABS
    private static final int LOAD_HALF = 0x28;
    private static final int LOAD_BYTE = 0x30;
    private static final int AND = 0x54; // BPF_ALU | BPF_AND | BPF_K
    private static final int JUMP_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private static final int JUMP_AT_LEAST = 0x35;
    private static final int JUMP_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    /** Where in a frame is what. */
    private static final int ETHER_TYPE = 12;

    private static final int FRAGMENT = 14 + 6;
    private static final int PROTOCOL = 14 + 9;
    private static final int DESTINATION = 14 + 16;

    private static final int MULTICAST_AND_ABOVE = 0xe000_0000;

    private LeavingDatagrams() {}

    static byte[] filter() {
        int own =
                ByteBuffer.wrap(InetAddress.ofLiteral(Step.GateSockets.ADDRESS).getAddress())
                        .getInt();
        int[][] program = {
            {LOAD_HALF, 0, 0, ETHER_TYPE},
            {JUMP_EQUAL, 0, 11, 0x0800},
            {LOAD_BYTE, 0, 0, PROTOCOL},
            {JUMP_EQUAL, 0, 9, 17},
            {LOAD_HALF, 0, 0, FRAGMENT},
            {JUMP_ANY_BIT, 7, 0, 0x3fff},
            {LOAD_WORD, 0, 0, DESTINATION},
            {JUMP_EQUAL, 5, 0, own},
            {JUMP_AT_LEAST, 4, 0, MULTICAST_AND_ABOVE},
            {AND, 0, 0, 0xff00_0000},
            {JUMP_EQUAL, 2, 0, 0}, // "this network", RFC 1122
            {JUMP_EQUAL, 1, 0, 0x7f00_0000},
            {RETURN, 0, 0, 0x4_0000}, // as much of it as there is
            {RETURN, 0, 0, 0},
        };
        ByteBuffer bytes = ByteBuffer.allocate(8 * program.length).order(ByteOrder.nativeOrder());
        for (int[] one : program) {
            bytes.putShort((short) one[0]).put((byte) one[1]).put((byte) one[2]).putInt(one[3]);
        }
        return bytes.array();
    }
}
