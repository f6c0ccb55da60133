package dev.blast.enforcer.gate;

import dev.blast.enforcer.kernel.NativeText;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What a {@code struct sockaddr} says, see ip(7), ipv6(7) and unix(7). */
sealed interface SocketAddress {
    int UNSPECIFIED = 0; // AF_…
    int UNIX = 1;
    int INET = 2;
    int INET6 = 10;

    /** The size of {@code struct sockaddr_storage}: the kernel takes no more. */
    int MOST_BYTES = 128;

    /** One of version 6 that wraps one of version 4 is the latter. */
    record Internet(InetAddress address, int port) implements SocketAddress {}

    /** The name is that of a file. */
    record File(String path) implements SocketAddress {}

    /** Of a family that does not lead to another machine, or no address at all. */
    record Other(int family) implements SocketAddress {}

    /** No such address: the errno is EINVAL. */
    record Malformed() implements SocketAddress {}

    static SocketAddress of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        if (bytes.length < 2) {
            return new Malformed();
        }
        int family = Short.toUnsignedInt(buffer.getShort());
        return switch (family) {
            case INET -> bytes.length < 16 ? new Malformed() : internet(bytes, 4, 4);
            case INET6 -> bytes.length < 24 ? new Malformed() : internet(bytes, 8, 16);
            case UNIX -> unix(bytes);
            default -> new Other(family);
        };
    }

    private static SocketAddress internet(byte[] bytes, int at, int length) {
        int port = Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(2));
        try {
            byte[] address = Arrays.copyOfRange(bytes, at, at + length);
            return new Internet(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four or sixteen bytes are an address", e);
        }
    }

    /** A name that begins with a zero is abstract, and of the network namespace. */
    private static SocketAddress unix(byte[] bytes) {
        if (bytes.length == 2 || bytes[2] == 0) {
            return new Other(UNIX);
        }
        int end = 2;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new File(NativeText.of(Arrays.copyOfRange(bytes, 2, end)));
    }

    /**
     * As the kernel takes it.
     *
     * @param family of the socket: one of version 6 has those of version 4 wrapped
     */
    static byte[] bytes(InetAddress address, int port, int family) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        boolean six = family == INET6;
        ByteBuffer bytes = ByteBuffer.allocate(six ? 28 : 16).order(ByteOrder.nativeOrder());
        bytes.putShort((short) family);
        bytes.order(ByteOrder.BIG_ENDIAN).putShort((short) port);
        if (six) {
            bytes.putInt(0);
            if (address instanceof Inet4Address) {
                bytes.position(18);
                bytes.putShort((short) 0xffff);
            }
        }
        bytes.put(address.getAddress());
        return bytes.array();
    }
}
