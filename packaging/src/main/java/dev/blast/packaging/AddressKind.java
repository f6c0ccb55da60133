package dev.blast.packaging;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What an address is, whatever name led to it. One address may be several of these. */
public enum AddressKind {
    /** RFC 1122 and RFC 4291; the unspecified address is dialled as this machine too. */
    LOOPBACK("127.0.0.0/8", "0.0.0.0/32", "::1/128", "::/128"),

    /**
     * RFC 1918, RFC 6598 (shared), RFC 3927 and RFC 4291 (link-local), RFC 4193 (unique local), RFC
     * 3879 (site-local), RFC 1122 (this network).
     */
    PRIVATE(
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "169.254.0.0/16",
            "0.0.0.0/8",
            "fe80::/10",
            "fc00::/7",
            "fec0::/10"),

    /** This wire: RFC 3927 and RFC 4291 (link-local), RFC 5771 and RFC 4291 (multicast). */
    LINK("169.254.0.0/16", "224.0.0.0/4", "fe80::/10", "ff00::/8"),

    /** Routed to nobody, RFC 6890: protocol assignments, benchmarks, the future. */
    RESERVED("192.0.0.0/24", "198.18.0.0/15", "240.0.0.0/4"),

    /** Amazon (machines, containers, pods), Google, Azure, Alibaba, Oracle. */
    METADATA_SERVICE(
            "169.254.169.254/32",
            "169.254.170.2/32",
            "169.254.170.23/32",
            "168.63.129.16/32",
            "100.100.100.200/32",
            "192.0.0.192/32",
            "fd00:ec2::254/128",
            "fd00:ec2::23/128",
            "fd20:ce::254/128");

    /**
     * Addresses of version 6 that a gateway takes to one of version 4, which begins at a byte:
     * NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056).
     */
    private record Wrapping(Cidr prefix, int begin) {}

    private static final List<Wrapping> WRAPPINGS =
            List.of(
                    new Wrapping(Cidr.parse("64:ff9b::/96"), 12),
                    new Wrapping(Cidr.parse("64:ff9b:1::/48"), 12),
                    new Wrapping(Cidr.parse("2002::/16"), 2));

    @SuppressWarnings("ImmutableEnumChecker") // made by toList; ranges are records
    private final List<Cidr> ranges;

    AddressKind(String... ranges) {
        this.ranges = Stream.of(ranges).map(Cidr::parse).toList();
    }

    /**
     * A gateway's loopback is not this machine's, but nothing public either: wrapped addresses are
     * never {@link #LOOPBACK}, and {@link #PRIVATE} where what they wrap is one of both.
     */
    public boolean holds(InetAddress address) {
        return contains(address)
                || (this != LOOPBACK && address instanceof Inet6Address six && wraps(six));
    }

    private boolean wraps(Inet6Address address) {
        for (Wrapping wrapping : WRAPPINGS) {
            if (wrapping.prefix().contains(address)) {
                InetAddress four = wrapped(address, wrapping.begin());
                if (contains(four) || (this == PRIVATE && LOOPBACK.contains(four))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** By loops: each connection asks, and a stream costs ten times as much. */
    private boolean contains(InetAddress address) {
        for (Cidr range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static InetAddress wrapped(InetAddress address, int begin) {
        try {
            return InetAddress.getByAddress(
                    Arrays.copyOfRange(address.getAddress(), begin, begin + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
