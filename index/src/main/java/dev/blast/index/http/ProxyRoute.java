package dev.blast.index.http;

import dev.blast.index.Credentials;
import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.settings.Proxies;
import dev.blast.packaging.Message;
import dev.blast.packaging.Redaction;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/** The configured proxies as the JDK's client wants them. */
public final class ProxyRoute extends ProxySelector {
    private static final String AUTHORIZATION = "Proxy-Authorization";

    private final Proxies proxies;

    private ProxyRoute(Proxies proxies) {
        this.proxies = proxies;
    }

    static ProxyRoute of(Proxies proxies) {
        return new ProxyRoute(proxies);
    }

    /** Sends the client's requests this way. */
    void install(OkHttpClient.Builder builder) {
        builder.proxySelector(this);
        if (!proxies.credentials().isEmpty()) {
            builder.proxyAuthenticator(this::answer);
        }
    }

    /** What a proxy is told that asks who we are; null where it was told, or nothing is known. */
    private @Nullable Request answer(@Nullable Route route, Response response) {
        Request request = response.request();
        URI proxy = proxies.of(route == null ? request.url().uri() : route.address().url().uri());
        Credentials known = proxy == null ? null : proxies.credentials().get(proxy);
        return known == null || request.header(AUTHORIZATION) != null
                ? null
                : request.newBuilder().header(AUTHORIZATION, known.authorization()).build();
    }

    /** A proxy that cannot be used is an error only where a request would go through it. */
    public static void check(Proxies proxies, URI uri) throws IndexException {
        URI proxy = proxies.of(uri);
        if (proxy == null) {
            return;
        }
        boolean socks = Proxies.isSocks(proxy);
        boolean usable =
                proxy.getHost() != null && (socks || "http".equalsIgnoreCase(proxy.getScheme()));
        if (!usable || (socks && proxies.credentials().containsKey(proxy))) {
            throw new IndexException(
                    Kind.CONFIGURATION,
                    Message.of(
                            "the proxy %s cannot be used: it must be http://host:port, or socks5://host:port without a password\nNO_PROXY names hosts that are reached without it",
                            Redaction.ofUnreadable(proxy.toString())));
        }
    }

    @Override
    public List<Proxy> select(URI uri) {
        URI proxy = proxies.of(uri);
        if (proxy == null) {
            return List.of(Proxy.NO_PROXY);
        }
        return List.of(
                new Proxy( // Java's own falls back to version 4 of SOCKS
                        Proxies.isSocks(proxy) ? Proxy.Type.SOCKS : Proxy.Type.HTTP,
                        InetSocketAddress.createUnresolved(proxy.getHost(), Proxies.port(proxy))));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException cause) {
        // The client reports the same failure to the caller.
    }
}
