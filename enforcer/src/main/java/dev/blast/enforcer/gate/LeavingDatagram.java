package dev.blast.enforcer.gate;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A datagram as it leaves a socket inside, RFC 768, and what comes back to it. Pure. Around a
 * packet of version 4, RFC 791, is what packet(7) has with PACKET_VNET_HDR: a {@code struct
 * virtio_net_hdr}, and the header of a frame.
 */
final class LeavingDatagram {
    /** The largest frame that there is. */
    static final int MOST_BYTES = 10 + 14 + 65_535;

    private static final int VIRTIO_BYTES = 10;
    private static final int ETHERNET_BYTES = 14;
    private static final int IP_BYTES = 20;
    private static final int UDP_BYTES = 8;
    private static final int ICMP_BYTES = 8;
    private static final int HEADERS = VIRTIO_BYTES + ETHERNET_BYTES + IP_BYTES;

    private static final int GSO_TYPE_AT = 1;
    private static final int GSO_SIZE_AT = 4;
    private static final int VIRTIO_NET_HDR_GSO_UDP_L4 = 5;

    private static final short ETH_P_IP = 0x0800;
    private static final byte HOPS = 64;
    private static final int ICMP = 1;
    private static final int UDP = 17;
    private static final byte DESTINATION_UNREACHABLE = 3; // RFC 792

    private final Way way;
    private final byte[] payload;

    private LeavingDatagram(Way way, byte[] payload) {
        this.way = way;
        this.payload = payload;
    }

    Way way() {
        return way;
    }

    byte[] payload() {
        return payload;
    }

    /** From where to where, as the sandbox has it. */
    record Way(Inet4Address source, int sourcePort, Inet4Address destination, int port) {}

    /** What a sender is told of a datagram that does not arrive: a code of ICMP. */
    enum Unreachable {
        /** Nobody takes it: ECONNREFUSED. */
        PORT(3),
        /** The other side is not there: EHOSTUNREACH, where IP_RECVERR asks for it. */
        HOST(1),
        /** It is not let through, RFC 1812: EHOSTUNREACH, for everybody. */
        PROHIBITED(13);

        private final byte code;

        Unreachable(int code) {
            this.code = (byte) code;
        }
    }

    /** What a frame carries: none where it is no datagram, several where they were sent as one. */
    static List<LeavingDatagram> in(byte[] frame) {
        int ip = VIRTIO_BYTES + ETHERNET_BYTES;
        if (frame.length < ip + IP_BYTES) {
            return List.of();
        }
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        int udp = ip + (frame[ip] & 0xf) * 4;
        boolean isUdp = (frame[ip] & 0xf0) == 0x40 && frame[ip + 9] == UDP;
        int end = ip + Short.toUnsignedInt(bytes.getShort(ip + 2));
        if (!isUdp || udp < ip + IP_BYTES || end > frame.length || end < udp + UDP_BYTES) {
            return List.of();
        }
        var way =
                new Way(
                        address(frame, ip + 12),
                        Short.toUnsignedInt(bytes.getShort(udp)),
                        address(frame, ip + 16),
                        Short.toUnsignedInt(bytes.getShort(udp + 2)));
        int portion = portion(frame);
        List<LeavingDatagram> all = new ArrayList<>();
        int at = udp + UDP_BYTES;
        do {
            int next = portion == 0 ? end : Math.min(end, at + portion);
            all.add(new LeavingDatagram(way, Arrays.copyOfRange(frame, at, next)));
            at = next;
        } while (at < end);
        return all;
    }

    /** Into what it is to be cut, see UDP_SEGMENT in udp(7); 0 where it stays whole. */
    private static int portion(byte[] frame) {
        return frame[GSO_TYPE_AT] == VIRTIO_NET_HDR_GSO_UDP_L4
                ? Short.toUnsignedInt(
                        ByteBuffer.wrap(frame).order(ByteOrder.nativeOrder()).getShort(GSO_SIZE_AT))
                : 0;
    }

    private static Inet4Address address(byte[] bytes, int at) {
        try {
            return (Inet4Address) InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** A frame with what came back. */
    static byte[] answer(Way way, byte[] payload) {
        byte[] bytes = new byte[HEADERS + UDP_BYTES + payload.length];
        ByteBuffer frame = begin(bytes, way, UDP);
        frame.putShort((short) way.port()).putShort((short) way.sourcePort());
        frame.putShort((short) (UDP_BYTES + payload.length));
        frame.putShort((short) 0); // no sum: it stays on this machine
        frame.put(payload);
        return bytes;
    }

    /** A frame that says of a datagram of that size that it did not arrive. */
    static byte[] unreachable(Way way, int payloadBytes, Unreachable why) {
        byte[] bytes = new byte[HEADERS + ICMP_BYTES + IP_BYTES + UDP_BYTES];
        ByteBuffer frame = begin(bytes, way, ICMP);
        frame.put(DESTINATION_UNREACHABLE).put(why.code).putShort((short) 0).putInt(0);
        header(frame, UDP, UDP_BYTES + payloadBytes, way.source(), way.destination());
        frame.putShort((short) way.sourcePort()).putShort((short) way.port());
        frame.putShort((short) (UDP_BYTES + payloadBytes)).putShort((short) 0);
        frame.putShort(HEADERS + 2, sum(frame, HEADERS, bytes.length - HEADERS));
        return bytes;
    }

    /** Back the way, up to what the packet carries. */
    private static ByteBuffer begin(byte[] bytes, Way way, int protocol) {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        frame.position(VIRTIO_BYTES + ETHERNET_BYTES - 2);
        frame.putShort(ETH_P_IP);
        header(frame, protocol, bytes.length - HEADERS, way.destination(), way.source());
        return frame;
    }

    private static void header(
            ByteBuffer frame, int protocol, int bytes, Inet4Address from, Inet4Address to) {
        int at = frame.position();
        frame.put((byte) 0x45).put((byte) 0).putShort((short) (IP_BYTES + bytes)).putInt(0);
        frame.put(HOPS).put((byte) protocol).putShort((short) 0);
        frame.put(from.getAddress()).put(to.getAddress());
        frame.putShort(at + 10, sum(frame, at, IP_BYTES));
    }

    /** RFC 1071, of an even number of bytes. */
    private static short sum(ByteBuffer bytes, int at, int length) {
        int sum = 0;
        for (int i = at; i < at + length; i += 2) {
            sum += Short.toUnsignedInt(bytes.getShort(i));
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
