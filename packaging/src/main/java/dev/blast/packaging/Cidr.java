package dev.blast.packaging;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A range of addresses, as in {@code 10.0.0.0/8}. See RFC 4632 and RFC 4291, section 2.3.
 *
 * @param prefix how many leading bits all of them have in common
 */
public record Cidr(InetAddress network, int prefix) {
    private static final Pattern FOUR =
            Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    /** What a mapped address has before its four bytes. RFC 4291, 2.5.5.2. */
    private static final int MAPPED = 96;

    /**
     * Reads a range in its ordinary spelling.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a range of addresses, as in \"10.0.0.0/8\"");
        }
        InetAddress network = network(text.substring(0, slash));
        int bits = network.getAddress().length * 8;
        String digits = text.substring(slash + 1);
        int prefix = digits.matches("0|[1-9][0-9]{0,2}") ? Integer.parseInt(digits) : -1;
        boolean mapped = bits == 32 && text.indexOf(':') >= 0;
        int shown = mapped ? bits + MAPPED : bits;
        int least = mapped ? MAPPED : 0;
        if (prefix < least || prefix > shown) {
            throw new IllegalArgumentException(
                    "'/%s' is not between /%d and /%d".formatted(digits, least, shown));
        }
        prefix -= least;
        for (int bit = prefix; bit < bits; bit++) {
            if (bit(network.getAddress(), bit)) {
                throw new IllegalArgumentException(
                        "'%s' sets bits behind its first %d: the range is %s"
                                .formatted(text, prefix + least, around(network, prefix)));
            }
        }
        return new Cidr(network, prefix);
    }

    /** The range of so many bits that an address lies in, as it is written. */
    private static String around(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + prefix;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("as many bytes as an address has", e);
        }
    }

    /**
     * Only the spelling that every reader takes for the same: no zero in front, no brackets, no
     * zone.
     */
    private static InetAddress network(String text) {
        if (text.indexOf(':') >= 0
                ? text.matches("[0-9A-Fa-f:.]+")
                : FOUR.matcher(text).matches()) {
            try {
                return InetAddress.ofLiteral(text);
            } catch (IllegalArgumentException _) {
                // said below
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not an address, as in \"10.0.0.0/8\" or \"fd00::/8\"");
    }

    public boolean contains(InetAddress address) {
        if (network instanceof Inet4Address != address instanceof Inet4Address) {
            return false;
        }
        byte[] own = network.getAddress();
        byte[] other = address.getAddress();
        int differs = Arrays.mismatch(own, other);
        if (differs < 0) {
            return true;
        }
        int bits = (own[differs] ^ other[differs]) & 0xff;
        return prefix <= 8 * differs + Integer.numberOfLeadingZeros(bits) - 24;
    }

    private static boolean bit(byte[] bytes, int index) {
        return (bytes[index / 8] >> (7 - index % 8) & 1) == 1;
    }
}
