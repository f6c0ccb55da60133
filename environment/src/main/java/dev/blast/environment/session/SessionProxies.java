package dev.blast.environment.session;

import dev.blast.enforcer.gate.ForwardProxy;
import dev.blast.enforcer.gate.ForwardProxy.Kind;
import dev.blast.enforcer.gate.ForwardProxy.Login;
import dev.blast.index.Credentials;
import dev.blast.index.settings.Proxies;
import dev.blast.packaging.Host;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that a person has set, as they are used for what runs confined. There only host and
 * port are known: port 80 goes the way of {@code http:} addresses, every other that of {@code
 * https:}.
 */
public final class SessionProxies {
    /** What is set cannot be read: so nothing is dialled past it. */
    public static final SessionProxies UNREADABLE =
            new SessionProxies((_, _) -> new ForwardProxy(Kind.UNKNOWN, "?", 0, null), List.of());

    /** RFC 1929. */
    private static final int MOST_LOGIN_BYTES = 255;

    private final BiFunction<Host, Integer, @Nullable ForwardProxy> proxies;
    private final List<String> words;

    private SessionProxies(
            BiFunction<Host, Integer, @Nullable ForwardProxy> proxies, List<String> words) {
        this.proxies = proxies;
        this.words = List.copyOf(words);
    }

    public static SessionProxies of(Proxies proxies) {
        return new SessionProxies(
                (host, port) -> {
                    URI proxy = proxies.of(host, port);
                    return proxy == null ? null : proxy(proxies, proxy);
                },
                words(proxies));
    }

    private static List<String> words(Proxies proxies) {
        URI https = proxies.https();
        URI http = proxies.http();
        if (https == null && http == null) {
            return List.of();
        }
        var words = new ArrayList<String>();
        if (https != null && https.equals(http)) {
            words.add("connections go through the proxy " + proxy(proxies, https).name());
        } else {
            if (https != null) {
                words.add(
                        "connections but to port 80 go through the proxy "
                                + proxy(proxies, https).name());
            }
            if (http != null) {
                words.add(
                        "connections to port 80 go through the proxy "
                                + proxy(proxies, http).name());
            }
        }
        if (!proxies.except().isEmpty()) {
            words.add("no proxy for " + String.join(", ", proxies.except()));
        }
        return words;
    }

    private static ForwardProxy proxy(Proxies proxies, URI uri) {
        return proxy(uri, proxies.credentials().get(uri));
    }

    /** Which they are, a line each; no password is in them. */
    public List<String> inWords() {
        return words;
    }

    private static ForwardProxy proxy(URI uri, @Nullable Credentials known) {
        boolean socks = Proxies.isSocks(uri);
        Login login = known == null ? null : new Login(known.user(), known.password());
        String host = uri.getHost() == null ? "?" : Host.of(uri.getHost()).text();
        boolean isKnown =
                uri.getHost() != null && (socks || "http".equalsIgnoreCase(uri.getScheme()));
        boolean fits = login == null || !socks || (fits(login.user()) && fits(login.password()));
        Kind kind = socks ? Kind.SOCKS5 : Kind.HTTP;
        int port = Proxies.port(uri);
        boolean isPort = port > 0 && port <= 65_535; // an address of the Internet has sixteen bits
        return new ForwardProxy(isKnown && isPort && fits ? kind : Kind.UNKNOWN, host, port, login);
    }

    private static boolean fits(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= MOST_LOGIN_BYTES;
    }

    /** Who dials a host in the place of this machine; nobody else dials a proxy itself. */
    public Optional<ForwardProxy> of(String host, int port) {
        return Optional.ofNullable(proxies.apply(Host.of(host), port))
                .filter(proxy -> !proxy.is(Host.of(host).text(), port));
    }

    /**
     * Whether a name is for proxies to look up: where they dial it at the usual ports, unless it is
     * one of the machine's own domains, which resolvers try for every short name.
     */
    public boolean isName(String name, List<String> searchList) {
        boolean isDialled = of(name, 443).isPresent() || of(name, 80).isPresent();
        return isDialled
                && searchList.stream()
                        .map(domain -> Host.of(domain).text())
                        .noneMatch(domain -> name.equals(domain) || name.endsWith("." + domain));
    }
}
