package dev.blast.index;

import dev.blast.packaging.Host;
import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port of an address: the unit that credentials and memories of a server's
 * abilities belong to (RFC 6454).
 *
 * @param host of an empty name where the address has none
 */
public record ServerOrigin(String scheme, Host host, int port) {

    public static ServerOrigin of(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        Host host = Host.of(uri.getHost() == null ? "" : uri.getHost());
        int port = uri.getPort() != -1 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return new ServerOrigin(scheme, host, port);
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
