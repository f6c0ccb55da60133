package dev.blast.enforcer.gate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** The names under which addresses are looked up; RFC 1035, 3.5, and RFC 3596, 2.5. */
final class ReverseName {
    private static final String FOUR = ".in-addr.arpa";
    private static final String SIX = ".ip6.arpa";
    private static final int SIX_DIGITS = 32;

    private ReverseName() {}

    /** Whether such names, and no others, are below a name, or it is one. */
    static boolean isBelow(String name) {
        return ("." + name).endsWith(FOUR) || ("." + name).endsWith(SIX);
    }

    /**
     * The address that a name in lower case stands for; empty where it is none, or a whole range.
     */
    static Optional<InetAddress> address(String name) {
        String numbers = name.replaceFirst("(%s|%s)$".formatted(FOUR, SIX), "");
        String[] lastFirst = numbers.split("\\.", -1);
        byte[] bytes;
        if (name.endsWith(FOUR) && numbers.matches("(\\d{1,3}\\.){3}\\d{1,3}")) {
            bytes = new byte[4];
            for (int i = 0; i < bytes.length; i++) {
                int number = Integer.parseInt(lastFirst[bytes.length - 1 - i]);
                if (number > 255) {
                    return Optional.empty();
                }
                bytes[i] = (byte) number;
            }
        } else if (name.endsWith(SIX) && numbers.matches("([0-9a-f]\\.){31}[0-9a-f]")) {
            bytes = new byte[16];
            for (int i = 0; i < SIX_DIGITS; i++) {
                int digit = Character.digit(lastFirst[SIX_DIGITS - 1 - i].charAt(0), 16);
                bytes[i / 2] |= (byte) (i % 2 == 0 ? digit << 4 : digit);
            }
        } else {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four or sixteen bytes are an address", e);
        }
    }
}
