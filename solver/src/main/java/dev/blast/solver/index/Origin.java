package dev.blast.solver.index;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port of an address: the unit that credentials and memories of a server's
 * abilities belong to (RFC 6454).
 */
record Origin(String scheme, String host, int port) {

    static Origin of(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() != -1 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return new Origin(scheme, host, port);
    }

    boolean isLoopback() {
        return host.equals("localhost") || Nearness.ofLiteral(host) == Nearness.LOOPBACK;
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
