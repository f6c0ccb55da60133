package dev.blast.index.settings;

import dev.blast.index.ServerOrigin;
import dev.blast.packaging.Host;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts that people trust by name ({@code trusted-host}, {@code UV_INSECURE_HOST}): they may be
 * asked over plain HTTP, and may be at any address. Certificates are checked all the same.
 */
public record TrustedHosts(Set<Entry> entries) {
    /** Nobody. */
    public static final TrustedHosts NONE = new TrustedHosts(Set.of());

    private static final Pattern WITH_PORT = Pattern.compile("(.*[^:]):([0-9]{1,5})");

    /**
     * One host.
     *
     * @param port -1 for each of them
     */
    public record Entry(Host host, int port) {}

    public TrustedHosts {
        entries = Set.copyOf(entries);
    }

    /**
     * The hosts in a setting.
     *
     * @param written {@code host}, {@code host:port} or {@code [address]:port}, as pip takes them
     */
    public static TrustedHosts of(List<String> written) {
        var entries = new HashSet<Entry>();
        for (String text : written) {
            Matcher parts = WITH_PORT.matcher(text);
            boolean port = parts.matches() && Host.of(text).address() == null;
            entries.add(
                    port
                            ? new Entry(Host.of(parts.group(1)), Integer.parseInt(parts.group(2)))
                            : new Entry(Host.of(text), -1));
        }
        return new TrustedHosts(entries);
    }

    public boolean contains(ServerOrigin origin) {
        return entries.contains(new Entry(origin.host(), -1))
                || entries.contains(new Entry(origin.host(), origin.port()));
    }

    /** Whether some port of a host is trusted. */
    public boolean anyPortOf(Host host) {
        return entries.stream().anyMatch(entry -> entry.host().equals(host));
    }
}
