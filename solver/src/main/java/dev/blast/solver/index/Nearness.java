package dev.blast.solver.index;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How near an address is to this machine. Who lies at a public address may not send us to a nearer
 * one: behind it stand services that believe whoever reaches them.
 */
enum Nearness {
    /** Anywhere on the internet. */
    PUBLIC,
    /** RFC 1918, RFC 4193, RFC 6598 and what else is not routed to everybody (RFC 6890). */
    PRIVATE,
    /** This machine. */
    LOOPBACK,
    /** This wire: clouds answer here with credentials. Multicast too. */
    LINK;

    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    static Nearness of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address.isLinkLocalAddress() || address.isMulticastAddress() || isMetadata(bytes)) {
            return LINK;
        }
        if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return LOOPBACK;
        }
        if (bytes.length == 4) {
            return isPrivate(bytes) ? PRIVATE : PUBLIC;
        }
        byte[] inner = inner(bytes);
        if (inner != null) {
            return of(v4(inner));
        }
        boolean uniqueLocal = (bytes[0] & 0xfe) == 0xfc;
        return uniqueLocal || address.isSiteLocalAddress() ? PRIVATE : PUBLIC;
    }

    /**
     * Of a host that is an address in any spelling that a resolver takes for one; null for a name.
     */
    static @Nullable Nearness ofLiteral(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (bare.indexOf(':') < 0 && !bare.matches("(0[xX][0-9a-fA-F]*|[0-9]+)(\\..*)?")) {
            return null;
        }
        try {
            return of(InetAddress.getByName(bare));
        } catch (UnknownHostException | IllegalArgumentException e) {
            return LINK; // a number that nobody can dial: not let through on a guess
        }
    }

    /** Other networks than the public one, by RFC 6890; benchmarks' 198.18.0.0/15 among them. */
    private static boolean isPrivate(byte[] address) {
        int first = address[0] & 0xff;
        int second = address[1] & 0xff;
        return switch (first) {
            case 0, 10 -> true;
            case 100 -> (second & 0xc0) == 64;
            case 172 -> (second & 0xf0) == 16;
            case 192 -> second == 168 || (second == 0 && address[2] == 0);
            case 198 -> (second & 0xfe) == 18;
            default -> first >= 240;
        };
    }

    /** fd00:ec2::254, where one of the clouds answers over IPv6. */
    private static boolean isMetadata(byte[] bytes) {
        return bytes.length == 16
                && (bytes[0] & 0xff) == 0xfd
                && bytes[2] == 0x0e
                && (bytes[3] & 0xff) == 0xc2;
    }

    /** The IPv4 address within one of IPv6: compatible (::/96), NAT64, 6to4; null for others. */
    private static byte @Nullable [] inner(byte[] bytes) {
        if ((bytes[0] & 0xff) == 0x20 && bytes[1] == 0x02) {
            return Arrays.copyOfRange(bytes, 2, 6);
        }
        boolean compatible = Arrays.equals(bytes, 0, 12, new byte[12], 0, 12);
        boolean nat64 = Arrays.equals(bytes, 0, 12, NAT64, 0, 12);
        return compatible || nat64 ? Arrays.copyOfRange(bytes, 12, 16) : null;
    }

    private static InetAddress v4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // four bytes are an address
        }
    }

    /** As a word in a sentence. */
    String word() {
        return switch (this) {
            case PUBLIC -> "public";
            case PRIVATE -> "private";
            case LOOPBACK -> "loopback";
            case LINK -> "link-local or metadata";
        };
    }
}
