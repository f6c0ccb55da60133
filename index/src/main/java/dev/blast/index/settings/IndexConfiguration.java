package dev.blast.index.settings;

import dev.blast.index.Credentials;
import dev.blast.index.IndexException;
import dev.blast.index.IndexLocation;
import dev.blast.packaging.PackageName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which indexes are asked, in which order, and how they are reached.
 *
 * @param indexes in order: the first that has a name is the one for that name
 * @param findLinks files here are offered beside those of the index
 * @param hosts credentials by host name, from netrc; the empty name stands for every other host
 * @param certificates PEM files and folders of them to trust in place of Java's own; empty for
 *     Java's
 * @param trustedHosts may be asked over plain HTTP and lie anywhere
 * @param timeout for a connection, for the beginning of an answer, and for each pause within one
 * @param retries how often a request is sent again after a transient failure
 * @param offline whether only the cache and local folders are used
 * @param refresh whether pages are asked for again even where the cache is fresh
 * @param clientCertificate a PEM file by which servers know us, null for none
 * @param hashesRequired whether a file without a strong hash is passed over
 * @param strategy where a name is taken from that several indexes have
 * @param bound the one place that is asked for a name, instead of all others
 */
public record IndexConfiguration(
        List<IndexLocation> indexes,
        List<IndexLocation> findLinks,
        Map<String, Credentials> hosts,
        List<Path> certificates,
        TrustedHosts trustedHosts,
        Proxies proxies,
        Duration timeout,
        int retries,
        boolean offline,
        boolean refresh,
        @Nullable Path clientCertificate,
        boolean hashesRequired,
        Map<PackageName, IndexLocation> bound,
        IndexStrategy strategy) {

    /** As pip has it. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

    static final int DEFAULT_RETRIES = 3;

    public IndexConfiguration {
        indexes = List.copyOf(indexes);
        findLinks = List.copyOf(findLinks);
        hosts = Map.copyOf(hosts);
        certificates = List.copyOf(certificates);
        bound = Map.copyOf(bound);
    }

    /** All that is asked for pages, of whatever names. */
    public Stream<IndexLocation> places() {
        return Stream.of(indexes, findLinks, bound.values()).flatMap(Collection::stream);
    }

    /** The same without what is seldom set. */
    public IndexConfiguration(
            List<IndexLocation> indexes,
            List<IndexLocation> findLinks,
            Map<String, Credentials> hosts,
            List<Path> certificates,
            TrustedHosts trustedHosts,
            Proxies proxies,
            Duration timeout,
            int retries,
            boolean offline,
            boolean refresh) {
        this(
                indexes,
                findLinks,
                hosts,
                certificates,
                trustedHosts,
                proxies,
                timeout,
                retries,
                offline,
                refresh,
                null,
                false,
                Map.of(),
                IndexStrategy.FIRST_INDEX);
    }

    /** The same by another strategy. */
    public IndexConfiguration by(IndexStrategy other) {
        return new IndexConfiguration(
                indexes,
                findLinks,
                hosts,
                certificates,
                trustedHosts,
                proxies,
                timeout,
                retries,
                offline,
                refresh,
                clientCertificate,
                hashesRequired,
                bound,
                other);
    }

    /** These indexes and nothing else. */
    public static IndexConfiguration of(IndexLocation... indexes) {
        return new IndexConfiguration(
                List.of(indexes),
                List.of(),
                Map.of(),
                List.of(),
                TrustedHosts.NONE,
                Proxies.NONE,
                DEFAULT_TIMEOUT,
                DEFAULT_RETRIES,
                false,
                false);
    }

    /**
     * The same with names that are asked for in one place alone. Where no index may be asked, these
     * may not either.
     *
     * @param addresses as people write them
     * @param home what {@code ~} means
     */
    public IndexConfiguration binding(Map<PackageName, String> addresses, Path home)
            throws IndexException {
        if (addresses.isEmpty() || indexes.isEmpty()) {
            return this;
        }
        var places = new HashMap<PackageName, IndexLocation>();
        for (Map.Entry<PackageName, String> each : addresses.entrySet()) {
            IndexLocation place =
                    Addresses.location(each.getValue(), IndexLocation.Form.SIMPLE, home);
            places.put(each.getKey(), place);
        }
        return new IndexConfiguration(
                indexes,
                findLinks,
                hosts,
                certificates,
                trustedHosts,
                proxies,
                timeout,
                retries,
                offline,
                refresh,
                clientCertificate,
                hashesRequired,
                places,
                strategy);
    }

    /**
     * Reads what people already have. Each setting is taken from the first that has it: the command
     * line, {@code UV_*}, {@code PIP_*}, pip's configuration files; credentials also from netrc,
     * certificates from {@code REQUESTS_CA_BUNDLE}, {@code CURL_CA_BUNDLE}, {@code SSL_CERT_FILE},
     * {@code SSL_CERT_DIR} and the machine's own store, proxies from {@code HTTPS_PROXY}, {@code
     * HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}.
     *
     * <p>Extra indexes are asked before the main one, as uv does it, and the index that pip has
     * built in is asked last wherever it was named: so a private name never comes from the public
     * index when a private one has it.
     *
     * @param variables the process environment
     * @param home the user's home folder
     * @param pip asked for the main index where nothing names one, and where there are several
     *     indexes, for which of them is public
     */
    public static IndexConfiguration discover(
            Map<String, String> variables, Path home, IndexOptions options, BuiltInIndex pip)
            throws IndexException {
        return new SettingsDiscovery(variables, home, Path.of("/"), options, pip).configuration();
    }
}
