package dev.blast.index.settings;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says about indexes; it goes before variables and files.
 *
 * @param indexUrl replaces the configured main index
 * @param extraIndexUrls asked before the main index, and before configured extra ones
 * @param findLinks folders, files or addresses, beside the configured ones
 * @param noIndex use {@code findLinks} only
 * @param offline use the cache and local folders only
 * @param refresh ask the index again even where the cache is fresh
 * @param strategy by its word, which goes before {@code UV_INDEX_STRATEGY}; null for none
 * @param environment the environment whose own {@code pip.conf} counts, null for none
 */
public record IndexOptions(
        @Nullable String indexUrl,
        List<String> extraIndexUrls,
        List<String> findLinks,
        boolean noIndex,
        boolean offline,
        boolean refresh,
        @Nullable Path environment,
        @Nullable String strategy) {

    /** What is said of everything but the order of indexes. */
    public IndexOptions(
            @Nullable String indexUrl,
            List<String> extraIndexUrls,
            List<String> findLinks,
            boolean noIndex,
            boolean offline,
            boolean refresh,
            @Nullable Path environment) {
        this(indexUrl, extraIndexUrls, findLinks, noIndex, offline, refresh, environment, null);
    }

    /** Nothing was said. */
    public static final IndexOptions NONE =
            new IndexOptions(null, List.of(), List.of(), false, false, false, null, null);

    public IndexOptions {
        extraIndexUrls = List.copyOf(extraIndexUrls);
        findLinks = List.copyOf(findLinks);
    }

    /** The same for an environment in this folder. */
    public IndexOptions in(Path environment) {
        return new IndexOptions(
                indexUrl,
                extraIndexUrls,
                findLinks,
                noIndex,
                offline,
                refresh,
                environment,
                strategy);
    }
}
