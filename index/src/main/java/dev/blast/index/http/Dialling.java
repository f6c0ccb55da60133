package dev.blast.index.http;

import dev.blast.index.ServerOrigin;
import dev.blast.index.settings.IndexConfiguration;
import dev.blast.index.settings.TrustedHosts;
import dev.blast.packaging.Host;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may be dialled. The client dials what {@link #upTo} gives it and looks up nothing
 * itself, so what is judged is what is dialled. For any thread.
 *
 * <p>A host that was at a public address stays a public one for the life of this object, whatever
 * its name leads to later (DNS rebinding).
 */
final class Dialling {
    private final TrustedHosts trusted;
    private final Set<Host> configured = new HashSet<>();
    private final Set<Host> proxies = new HashSet<>();
    private final ConcurrentHashMap<Host, Nearness> farthest = new ConcurrentHashMap<>();

    Dialling(IndexConfiguration configuration) {
        trusted = configuration.trustedHosts();
        configuration
                .places()
                .filter(location -> location.uri().getHost() != null)
                .forEach(location -> configured.add(ServerOrigin.of(location.uri()).host()));
        Stream.of(configuration.proxies().https(), configuration.proxies().http())
                .filter(proxy -> proxy != null && proxy.getHost() != null)
                .forEach(proxy -> proxies.add(Host.of(proxy.getHost())));
    }

    /**
     * The nearest place that an address may be at.
     *
     * @param from what led there; null for what people configured, or wrote into their project
     */
    Nearness limit(URI to, @Nullable URI from) {
        ServerOrigin origin = ServerOrigin.of(to);
        if (trusted.contains(origin)) {
            return Nearness.LINK;
        }
        if (from == null || from.getHost() == null || configured.contains(origin.host())) {
            return Nearness.LOOPBACK;
        }
        Nearness there = ofHost(ServerOrigin.of(from).host());
        return there == Nearness.LINK ? Nearness.LOOPBACK : there;
    }

    /** A literal address is dialled without a look-up. */
    void check(URI to, Nearness limit) throws NearAddressException {
        Host host = ServerOrigin.of(to).host();
        Nearness literal = Nearness.ofLiteral(host);
        if (literal != null && literal.compareTo(limit) > 0) {
            throw new NearAddressException(host, literal);
        }
    }

    private Nearness ofHost(Host host) {
        Nearness literal = Nearness.ofLiteral(host);
        if (literal != null) {
            return literal;
        }
        Nearness known = farthest.get(host);
        if (known != null) {
            return known;
        }
        try {
            return seen(host, nearest(InetAddress.getAllByName(host.text())));
        } catch (UnknownHostException e) {
            return Nearness.PUBLIC; // a proxy knows it, perhaps
        }
    }

    /** What the client looks names up with. */
    Dns upTo(Nearness limit) {
        return name -> {
            InetAddress[] addresses = InetAddress.getAllByName(name);
            Host host = Host.of(name);
            if (!proxies.contains(host)) {
                Nearness found = nearest(addresses);
                boolean moved = found.compareTo(seen(host, found)) > 0 && !trusted.anyPortOf(host);
                if (found.compareTo(limit) > 0 || moved) {
                    throw new NearAddressException(host, found);
                }
            }
            return List.of(addresses);
        };
    }

    private Nearness seen(Host host, Nearness found) {
        return farthest.merge(
                host, found, (before, now) -> before.compareTo(now) <= 0 ? before : now);
    }

    private static Nearness nearest(InetAddress[] addresses) {
        return Arrays.stream(addresses)
                .map(Nearness::of)
                .max(Comparator.naturalOrder())
                .orElse(Nearness.LINK);
    }
}
