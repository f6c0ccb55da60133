package dev.blast.solver.index;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configured proxies as the JDK's client wants them. */
final class ProxyRoute extends ProxySelector {
    private final Proxies proxies;

    private ProxyRoute(Proxies proxies) {
        this.proxies = proxies;
    }

    static ProxyRoute of(Proxies proxies) {
        return new ProxyRoute(proxies);
    }

    /** Sends the client's requests this way. */
    void install(HttpClient.Builder builder) {
        builder.proxy(this);
        Map<String, Credentials> known = proxies.credentials();
        if (!known.isEmpty()) {
            // The JDK refuses Basic for tunnels unless told otherwise; it reads this once, when the
            // first client is made.
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
            builder.authenticator(new ProxyAuthenticator(known));
        }
    }

    @Override
    public List<Proxy> select(URI uri) {
        URI proxy = "https".equals(uri.getScheme()) ? proxies.https() : proxies.http();
        if (proxy == null || isExcepted(Origin.of(uri))) {
            return List.of(Proxy.NO_PROXY);
        }
        int port = proxy.getPort() == -1 ? 80 : proxy.getPort();
        return List.of(
                new Proxy(
                        Proxy.Type.HTTP,
                        InetSocketAddress.createUnresolved(proxy.getHost(), port)));
    }

    private boolean isExcepted(Origin origin) {
        return origin.isLoopback()
                || proxies.except().stream().anyMatch(entry -> covers(entry, origin));
    }

    private static boolean covers(String entry, Origin origin) {
        String name = entry.strip().toLowerCase(Locale.ROOT);
        int colon = name.lastIndexOf(':');
        if (colon > 0 && name.substring(colon + 1).chars().allMatch(Character::isDigit)) {
            if (!name.substring(colon + 1).equals(Integer.toString(origin.port()))) {
                return false;
            }
            name = name.substring(0, colon);
        }
        String domain =
                name.startsWith("*.")
                        ? name.substring(2)
                        : name.startsWith(".") ? name.substring(1) : name;
        return domain.equals("*")
                || origin.host().equals(domain)
                || (!domain.isEmpty() && origin.host().endsWith("." + domain));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException cause) {
        // The client reports the same failure to the caller.
    }

    /**
     * Answers proxies only: a server that asks for a password gets what the request carries, or
     * nothing.
     */
    private static final class ProxyAuthenticator extends Authenticator {
        private final Map<String, Credentials> byHost;

        ProxyAuthenticator(Map<String, Credentials> byHost) {
            this.byHost = byHost;
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            Credentials known =
                    getRequestorType() == RequestorType.PROXY
                            ? byHost.get(getRequestingHost())
                            : null;
            return known == null
                    ? null
                    : new PasswordAuthentication(known.user(), known.password().toCharArray());
        }
    }
}
