package dev.blast.index;

/**
 * What one {@link Index} has read up to now. Counts, not times: the same on every machine.
 *
 * @param pages project pages given, from wherever
 * @param pagesFromCache of these, those that needed no request
 * @param metadata versions whose metadata was read, from wherever
 * @param metadataFromCache of these, those that needed no request
 * @param announcedMetadata read beside the wheel, as the index announced (PEP 658)
 * @param unannouncedMetadata read beside the wheel, though not announced
 * @param rangedMetadata read out of the wheel by range requests, or out of a local wheel
 * @param wholeWheels read out of a wheel that had to be downloaded as a whole
 * @param downloads files fetched
 * @param requests HTTP requests sent, redirects and retries included
 * @param bytes bytes of bodies received over HTTP, as they came over the wire
 */
public record IndexStatistics(
        int pages,
        int pagesFromCache,
        int metadata,
        int metadataFromCache,
        int announcedMetadata,
        int unannouncedMetadata,
        int rangedMetadata,
        int wholeWheels,
        int downloads,
        int requests,
        long bytes) {

    /** Nothing yet. */
    public static final IndexStatistics NONE = new IndexStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
