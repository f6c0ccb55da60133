package dev.blast.index.settings;

import dev.blast.index.ServerOrigin;
import dev.blast.packaging.Cidr;
import dev.blast.packaging.Host;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code NO_PROXY} may hold: {@code *} for everything; a name with all names below it, with or
 * without a leading dot or {@code *.}; an address; a network as {@code 10.0.0.0/8}; each also with
 * {@code :port}. There is no standard: this is what curl, Go and requests understand together.
 */
final class ProxyException {

    private static final Pattern PORT = Pattern.compile("(.+):([0-9]{1,5})");
    private static final Pattern NETWORK = Pattern.compile("([^/]+)/([0-9]{1,3})");

    private ProxyException() {}

    static boolean covers(List<String> entries, ServerOrigin origin) {
        return entries.stream().anyMatch(entry -> covers(entry.strip(), origin));
    }

    private static boolean covers(String entry, ServerOrigin origin) {
        Matcher withPort = PORT.matcher(entry);
        if (withPort.matches() && Host.of(entry).address() == null) {
            return Integer.parseInt(withPort.group(2)) == origin.port()
                    && covers(withPort.group(1), origin.host());
        }
        return covers(entry, origin.host());
    }

    private static boolean covers(String entry, Host host) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.indexOf('/') > 0) {
            return host.address() != null && isWithin(entry, host.address());
        }
        Host except = Host.of(entry.replaceFirst("^\\*?\\.", ""));
        return host.equals(except)
                || (host.address() == null
                        && !except.text().isEmpty()
                        && host.text().endsWith("." + except.text()));
    }

    /** What sets bits behind its prefix is a network too: people write 10.2.3.4/8. */
    private static boolean isWithin(String network, InetAddress address) {
        Matcher parts = NETWORK.matcher(network);
        InetAddress base = parts.matches() ? Host.of(parts.group(1)).address() : null;
        if (base == null) {
            return false;
        }
        int prefix = Integer.parseInt(parts.group(2));
        return prefix <= 8 * base.getAddress().length && new Cidr(base, prefix).contains(address);
    }
}
