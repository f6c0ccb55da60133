package dev.blast.index.page;

import dev.blast.index.DistributionFile;
import dev.blast.index.Yanked;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file as a page lists it, not yet judged.
 *
 * @param url absolute, without fragment
 * @param sizeBytes -1 where not given
 * @param uploadMillis since 1970, {@link #NO_TIME} where not given
 */
public record Link(
        String filename,
        String url,
        Map<String, String> hashes,
        long sizeBytes,
        long uploadMillis,
        @Nullable String requiresPython,
        @Nullable Yanked yanked,
        DistributionFile.@Nullable MetadataFile metadataFile) {
    public static final long NO_TIME = Long.MIN_VALUE;
}
