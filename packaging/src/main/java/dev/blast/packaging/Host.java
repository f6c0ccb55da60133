package dev.blast.packaging;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A host in its one form, whoever wrote it: a rule, a person, a program, the one who dials. A name
 * is in lower case by ASCII rules, without a final dot, in A-labels (IDNA 2003, RFC 3490). An
 * address is that address in every spelling that the C library takes (inet_aton(3): {@code 127.1},
 * {@code 0x7f000001}, {@code 2130706433}), without brackets and zone; one of version 6 that only
 * wraps one of version 4 (RFC 4291, 2.5.5) is the latter.
 *
 * @param text the form; of an address as RFC 5952 writes it
 * @param address what the text says itself; null for a name
 */
public record Host(String text, @Nullable InetAddress address) {

    /**
     * The form of anything that was asked for: what is no host at all keeps its letters, and equals
     * nothing else.
     */
    public static Host of(String written) {
        String bare = withoutBrackets(written);
        InetAddress six = bare.indexOf(':') >= 0 ? version6(bare) : null;
        if (six != null) {
            return of(six);
        }
        String name = withoutFinalDot(lower(ascii(bare)));
        InetAddress four = startsWithDigit(name) ? version4(name) : null;
        return four != null ? of(four) : new Host(name, null);
    }

    /** The host that has no name but its address. */
    public static Host of(InetAddress address) {
        InetAddress one = oneForm(address);
        return new Host(AddressText.of(one), one);
    }

    /**
     * The form of what a person wrote.
     *
     * @throws IllegalArgumentException where programs disagree about it, or people would read
     *     another name than the one that is meant
     */
    public static Host written(String text) {
        String bare = withoutBrackets(text);
        for (String label : bare.split("[.\u3002\uFF0E\uFF61]", -1)) {
            requireOneReading(label);
        }
        return of(bare);
    }

    /** Letters beyond ASCII that IDNA 2003, IDNA 2008 and UTS 46 turn into different names. */
    private static void requireOneReading(String label) {
        if (isAscii(label)) {
            return;
        }
        for (char disputed : new char[] {'\u00DF', '\u1E9E', '\u03C2', '\u200C', '\u200D'}) {
            if (label.indexOf(disputed) >= 0) {
                throw new IllegalArgumentException(
                        "programs read '%s' as different names: write the one that is meant in ASCII, as in xn--strae-oqa or strasse"
                                .formatted(label));
            }
        }
        String encoded;
        try {
            encoded = IDN.toASCII(label);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' cannot be written in ASCII by the rules of 2003: write its form with xn--"
                            .formatted(label),
                    e);
        }
        if (!encoded.startsWith("xn--")) {
            throw new IllegalArgumentException(
                    "'%s' only looks like what it says: write '%s'".formatted(label, encoded));
        }
    }

    /** With a port, as people and protocols write it: {@code [::1]:80} (RFC 3986, 3.2.2). */
    public static String withPort(String host, int port) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** This machine itself. */
    public boolean isLoopback() {
        return address == null
                ? text.equals("localhost") || text.endsWith(".localhost") // RFC 6761, 6.3
                : AddressKind.LOOPBACK.holds(address);
    }

    /** A private, shared or link-local network, also where it is wrapped for another network. */
    public boolean isPrivate() {
        return address != null && AddressKind.PRIVATE.holds(address);
    }

    /** Where a cloud hands out credentials to its machines. */
    public boolean isMetadataService() {
        return address == null
                ? text.equals("metadata.google.internal") || text.equals("metadata.goog")
                : AddressKind.METADATA_SERVICE.holds(address);
    }

    @Override
    public String toString() {
        return text;
    }

    /** A letter is folded only where it is one of ASCII: a Kelvin sign is no k. */
    public static String lower(String text) {
        int at = 0;
        while (at < text.length() && (text.charAt(at) < 'A' || text.charAt(at) > 'Z')) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        var folded = new StringBuilder(text);
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(at, (char) (c + ('a' - 'A')));
            }
        }
        return folded.toString();
    }

    private static String ascii(String name) {
        if (isAscii(name)) {
            return name;
        }
        try {
            return IDN.toASCII(name);
        } catch (IllegalArgumentException _) {
            return name; // no name at all, and left alone
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String withoutBrackets(String text) {
        return text.startsWith("[") && text.endsWith("]")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static String withoutFinalDot(String name) {
        return name.length() > 1 && name.endsWith(".")
                ? name.substring(0, name.length() - 1)
                : name;
    }

    private static boolean startsWithDigit(String name) {
        return !name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9';
    }

    private static @Nullable InetAddress version4(String text) {
        try {
            return Inet4Address.ofPosixLiteral(text);
        } catch (IllegalArgumentException _) {
            return null; // a name that begins with a digit
        }
    }

    private static @Nullable InetAddress version6(String text) {
        int zone = text.indexOf('%');
        try {
            return InetAddress.ofLiteral(zone < 0 ? text : text.substring(0, zone));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** Mapped addresses are unwrapped by the JDK; the compatible ones and zones are left to us. */
    private static InetAddress oneForm(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return address;
        }
        boolean wraps = true;
        for (int i = 0; i < 12; i++) {
            wraps &= bytes[i] == 0;
        }
        boolean special = bytes[12] == 0 && bytes[13] == 0 && bytes[14] == 0; // :: and ::1
        return of(wraps && !special ? Arrays.copyOfRange(bytes, 12, 16) : bytes);
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four or sixteen bytes are an address", e);
        }
    }
}
