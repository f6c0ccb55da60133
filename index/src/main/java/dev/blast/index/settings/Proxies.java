package dev.blast.index.settings;

import dev.blast.index.Credentials;
import dev.blast.index.IndexException;
import dev.blast.index.ServerOrigin;
import dev.blast.packaging.Host;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy stands between here and an address. Loopback addresses are always reached directly.
 *
 * @param https for {@code https:} addresses, null for none
 * @param http for {@code http:} addresses, null for none
 * @param except hosts reached directly, as in {@code NO_PROXY}: see {@link ProxyException}
 * @param credentials by the address of a proxy
 */
public record Proxies(
        @Nullable URI https,
        @Nullable URI http,
        List<String> except,
        Map<URI, Credentials> credentials) {

    private static final Set<String> SOCKS = Set.of("socks", "socks5", "socks5h");

    private static final int SOCKS_PORT = 1080;
    private static final int HTTP_PORT = 80;

    /** Everything is reached directly. */
    public static final Proxies NONE = new Proxies(null, null, List.of(), Map.of());

    public Proxies {
        except = List.copyOf(except);
        credentials = Map.copyOf(credentials);
    }

    /**
     * Those that a person has set, in variables and in pip's configuration.
     *
     * @param environment whose pip.conf is read; it may not name a proxy
     */
    public static Proxies discover(Map<String, String> variables, Path home, Path environment)
            throws IndexException {
        return of(variables, PipSettings.read(variables, home, Path.of("/"), environment));
    }

    static Proxies of(Map<String, String> variables, PipSettings pip) throws IndexException {
        var credentials = new HashMap<URI, Credentials>();
        URI https = proxy("https_proxy", variables, pip, credentials);
        URI http = proxy("http_proxy", variables, pip, credentials);
        if (https == null && http == null) {
            return NONE;
        }
        List<String> except =
                eitherCase("no_proxy", variables)
                        .map(text -> List.of(text.split("[,\\s]+")))
                        .orElse(List.of());
        return new Proxies(https, http, except, credentials);
    }

    /** Whether it can be used is asked when something would go through it. */
    private static @Nullable URI proxy(
            String name,
            Map<String, String> variables,
            PipSettings pip,
            Map<URI, Credentials> credentials)
            throws IndexException {
        Optional<String> address =
                Stream.of(
                                pip.value("proxy"),
                                eitherCase(name, variables),
                                eitherCase("all_proxy", variables))
                        .flatMap(Optional::stream)
                        .findFirst();
        if (address.isEmpty()) {
            return null;
        }
        String text = address.get();
        URI uri = Addresses.parse(text.contains("://") ? text : "http://" + text);
        Credentials known = Addresses.credentials(uri);
        URI bare = Addresses.withoutUserInfo(uri);
        if (known != null) {
            credentials.put(bare, known);
        }
        return bare;
    }

    private static Optional<String> eitherCase(String name, Map<String, String> variables) {
        return Stream.of(name, name.toUpperCase(Locale.ROOT))
                .map(it -> variables.getOrDefault(it, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** Whether a proxy is spoken to by version 5 of SOCKS, in which it looks names up itself. */
    public static boolean isSocks(URI proxy) {
        return SOCKS.contains(Host.lower(proxy.getScheme()));
    }

    /** The port of a proxy, whose address need not say it. */
    public static int port(URI proxy) {
        return proxy.getPort() != -1 ? proxy.getPort() : isSocks(proxy) ? SOCKS_PORT : HTTP_PORT;
    }

    /** The proxy for an address, null where it is reached directly. */
    public @Nullable URI of(URI uri) {
        return of(ServerOrigin.of(uri));
    }

    /** The proxy for a host and a port, of which no more is known; null for none. */
    public @Nullable URI of(Host host, int port) {
        return of(new ServerOrigin(port == 80 ? "http" : "https", host, port));
    }

    private @Nullable URI of(ServerOrigin origin) {
        URI proxy = origin.scheme().equals("https") ? https : http;
        return proxy == null || origin.host().isLoopback() || ProxyException.covers(except, origin)
                ? null
                : proxy;
    }
}
