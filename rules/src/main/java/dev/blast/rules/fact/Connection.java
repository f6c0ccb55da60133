package dev.blast.rules.fact;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect.
 *
 * @param host the name that was asked for, in lower case without a final dot; an address in text
 *     where no name is known
 * @param port 0 to 65535; 0 for a UNIX socket
 * @param address the address that would be dialled, where it is known already
 * @param program the program that connects, where it is known
 * @param toIndex true where the host is one of the configured package indexes
 * @param toLoopback the address is this machine's
 * @param toPrivate the address belongs to a private or link-local network
 * @param toMetadataService the address is a cloud provider's metadata service
 */
public record Connection(
        String host,
        int port,
        @Nullable InetAddress address,
        Protocol protocol,
        Direction direction,
        @Nullable Path program,
        boolean toIndex,
        boolean toLoopback,
        boolean toPrivate,
        boolean toMetadataService) {

    public Connection {
        host = host.toLowerCase(Locale.ROOT);
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    /** An outgoing TCP connection by name, before any address is known. */
    public static Connection to(String host, int port, boolean toIndex) {
        return new Connection(
                host,
                port,
                null,
                Protocol.TCP,
                Direction.OUT,
                null,
                toIndex,
                isLoopbackName(host),
                false,
                false);
    }

    /**
     * The same attempt, now that the address to dial is known: what the address is, is read from
     * the address.
     */
    public Connection at(InetAddress dialled) {
        return new Connection(
                host,
                port,
                dialled,
                protocol,
                direction,
                program,
                toIndex,
                dialled.isLoopbackAddress() || dialled.isAnyLocalAddress(),
                isPrivate(dialled),
                isMetadataService(dialled));
    }

    private static boolean isLoopbackName(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.toLowerCase(Locale.ROOT).endsWith(".localhost");
    }

    /** RFC 1918, RFC 4193 (fc00::/7), RFC 6598 (100.64.0.0/10) and link-local addresses. */
    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || uniqueLocal
                || shared;
    }

    /** 169.254.169.254 and fd00:ec2::254, where the large clouds answer. */
    private static boolean isMetadataService(InetAddress address) {
        String text = address.getHostAddress();
        return text.equals("169.254.169.254") || text.equals("fd00:ec2:0:0:0:0:0:254");
    }
}
