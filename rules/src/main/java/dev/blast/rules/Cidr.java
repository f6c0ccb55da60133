package dev.blast.rules;

import java.net.InetAddress;

/** A range of addresses, as in {@code 10.0.0.0/8}. See RFC 4632 and RFC 4291, section 2.3. */
record Cidr(InetAddress network, int prefix) {

    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a range of addresses, as in \"10.0.0.0/8\"");
        }
        InetAddress network = InetAddress.ofLiteral(text.substring(0, slash));
        int bits = network.getAddress().length * 8;
        String digits = text.substring(slash + 1);
        int prefix = digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : bits + 1;
        if (prefix > bits) {
            throw new IllegalArgumentException("'/" + digits + "' is not between /0 and /" + bits);
        }
        for (int bit = prefix; bit < bits; bit++) {
            if (bit(network.getAddress(), bit)) {
                throw new IllegalArgumentException(
                        "'" + text + "' sets bits behind its first " + prefix);
            }
        }
        return new Cidr(network, prefix);
    }

    boolean contains(InetAddress address) {
        byte[] own = network.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            if (bit(own, bit) != bit(other, bit)) {
                return false;
            }
        }
        return true;
    }

    private static boolean bit(byte[] bytes, int index) {
        return (bytes[index / 8] >> (7 - index % 8) & 1) == 1;
    }
}
