package dev.blast.index.http;

import dev.blast.index.Credentials;
import dev.blast.index.IndexLocation;
import dev.blast.index.ServerOrigin;
import dev.blast.index.settings.IndexConfiguration;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whom credentials are shown to: those of a location to its origin only, those of netrc to their
 * host.
 */
final class Authorizations {
    private final Map<ServerOrigin, Credentials> byOrigin = new HashMap<>();
    private final Map<String, Credentials> byHost;

    Authorizations(IndexConfiguration configuration) {
        byHost = configuration.hosts();
        configuration.places().forEach(this::add);
    }

    private void add(IndexLocation location) {
        if (location.credentials() != null) {
            byOrigin.putIfAbsent(ServerOrigin.of(location.uri()), location.credentials());
        }
    }

    /** The header for an address, if one is due. */
    Optional<String> of(URI uri) {
        ServerOrigin origin = ServerOrigin.of(uri);
        Credentials own = byOrigin.get(origin);
        if (own != null) {
            return Optional.of(own.authorization());
        }
        Credentials host = byHost.getOrDefault(origin.host().text(), byHost.get(""));
        return Optional.ofNullable(host).map(Credentials::authorization);
    }
}
