package dev.blast.index.settings;

import dev.blast.index.Credentials;
import dev.blast.index.ServerOrigin;
import java.net.URI;
import java.util.List;
import java.util.Map;
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

    /** Everything is reached directly. */
    public static final Proxies NONE = new Proxies(null, null, List.of(), Map.of());

    public Proxies {
        except = List.copyOf(except);
        credentials = Map.copyOf(credentials);
    }

    /** The proxy for an address, null where it is reached directly. */
    public @Nullable URI of(URI uri) {
        URI proxy = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
        if (proxy == null) {
            return null;
        }
        ServerOrigin origin = ServerOrigin.of(uri);
        return origin.host().isLoopback() || ProxyException.covers(except, origin) ? null : proxy;
    }
}
