package dev.blast.solver.index;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which indexes are asked, in which order, and how they are reached.
 *
 * @param indexes in order: the first that has a name is the one for that name
 * @param findLinks files here are offered beside those of the index
 * @param hosts credentials by host name, from netrc; the empty name stands for every other host
 * @param certificates a PEM file or a folder of them to trust in place of Java's own; null for
 *     Java's
 * @param trustedHosts hosts that may be asked over plain HTTP
 * @param timeout for a connection, for the beginning of an answer, and for each pause within one
 * @param retries how often a request is sent again after a transient failure
 * @param offline whether only the cache and local folders are used
 * @param refresh whether pages are asked for again even where the cache is fresh
 */
public record IndexConfiguration(
        List<IndexLocation> indexes,
        List<IndexLocation> findLinks,
        Map<String, Credentials> hosts,
        @Nullable Path certificates,
        Set<String> trustedHosts,
        Proxies proxies,
        Duration timeout,
        int retries,
        boolean offline,
        boolean refresh) {

    /** As pip has it. */
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

    static final int DEFAULT_RETRIES = 3;

    public IndexConfiguration {
        indexes = List.copyOf(indexes);
        findLinks = List.copyOf(findLinks);
        hosts = Map.copyOf(hosts);
        trustedHosts = Set.copyOf(trustedHosts);
    }

    /** These indexes and nothing else. */
    public static IndexConfiguration of(IndexLocation... indexes) {
        return new IndexConfiguration(
                List.of(indexes),
                List.of(),
                Map.of(),
                null,
                Set.of(),
                Proxies.NONE,
                DEFAULT_TIMEOUT,
                DEFAULT_RETRIES,
                false,
                false);
    }

    /**
     * Reads what people already have: the command line, {@code UV_*}, {@code PIP_*}, pip's
     * configuration files, netrc, certificate and proxy variables.
     *
     * @param variables the process environment
     * @param home the user's home folder
     * @param pip asked for the main index only where nothing names one
     */
    public static IndexConfiguration discover(
            Map<String, String> variables, Path home, IndexOptions options, BuiltInIndex pip)
            throws IndexException {
        return new Discovery(variables, home, Path.of("/"), options, pip).configuration();
    }
}
