package dev.blast.solver.index;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code NO_PROXY} may hold: {@code *} for everything; a name with all names below it, with or
 * without a leading dot or {@code *.}; an address; a network as {@code 10.0.0.0/8}; each also with
 * {@code :port}. There is no standard: this is what curl, Go and requests understand together.
 */
final class ProxyException {

    private ProxyException() {}

    static boolean covers(List<String> entries, Origin origin) {
        return entries.stream().anyMatch(entry -> covers(entry.strip(), origin));
    }

    private static boolean covers(String entry, Origin origin) {
        String name = entry.toLowerCase(Locale.ROOT);
        int colon = name.lastIndexOf(':');
        boolean single = name.indexOf(':') == colon || name.charAt(colon - 1) == ']';
        if (colon > 0 && single && name.substring(colon + 1).matches("[0-9]{1,5}")) {
            if (Integer.parseInt(name.substring(colon + 1)) != origin.port()) {
                return false;
            }
            name = name.substring(0, colon);
        }
        int slash = name.indexOf('/');
        if (slash > 0) {
            return isWithin(
                    bare(origin.host()), name.substring(0, slash), name.substring(slash + 1));
        }
        String host = withoutFinalDot(bare(origin.host()));
        String domain = withoutFinalDot(bare(name.replaceFirst("^\\*?\\.", "")));
        return domain.equals("*")
                || host.equals(domain)
                || (!domain.isEmpty() && host.endsWith("." + domain))
                || isWithin(host, domain, domain.indexOf(':') < 0 ? "32" : "128");
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    private static String withoutFinalDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** For hosts that are addresses; names are not looked up for this. */
    private static boolean isWithin(String host, String network, String prefix) {
        byte[] address = literal(host);
        byte[] base = literal(network);
        if (address == null
                || base == null
                || address.length != base.length
                || !prefix.matches("[0-9]{1,3}")) {
            return false;
        }
        int bits = Integer.parseInt(prefix);
        for (int i = 0; i < address.length; i++) {
            int left = Math.clamp(bits - 8 * i, 0, 8);
            int mask = 0xff << (8 - left);
            if (((address[i] ^ base[i]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return bits <= 8 * address.length;
    }

    private static byte @Nullable [] literal(String host) {
        if (Nearness.ofLiteral(host) == null) {
            return null;
        }
        try {
            return InetAddress.getByName(host).getAddress();
        } catch (UnknownHostException | IllegalArgumentException e) {
            return null;
        }
    }
}
