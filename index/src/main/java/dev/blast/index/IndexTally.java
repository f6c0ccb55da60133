package dev.blast.index;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts for {@link IndexStatistics}. For any thread. */
public final class IndexTally {
    private final AtomicInteger pages = new AtomicInteger();
    private final AtomicInteger pagesFromCache = new AtomicInteger();
    private final AtomicInteger metadata = new AtomicInteger();
    private final AtomicInteger metadataFromCache = new AtomicInteger();
    private final AtomicInteger announced = new AtomicInteger();
    private final AtomicInteger unannounced = new AtomicInteger();
    private final AtomicInteger ranged = new AtomicInteger();
    private final AtomicInteger wholeWheels = new AtomicInteger();
    private final AtomicInteger downloads = new AtomicInteger();

    public void page() {
        pages.incrementAndGet();
    }

    public void pageFromCache() {
        pagesFromCache.incrementAndGet();
    }

    public void metadata(MetadataSource source, boolean fromCache) {
        metadata.incrementAndGet();
        if (fromCache) {
            metadataFromCache.incrementAndGet();
            return;
        }
        switch (source) {
            case ANNOUNCED -> announced.incrementAndGet();
            case UNANNOUNCED -> unannounced.incrementAndGet();
            case RANGES -> ranged.incrementAndGet();
            case WHOLE_WHEEL -> wholeWheels.incrementAndGet();
        }
    }

    public void download() {
        downloads.incrementAndGet();
    }

    public IndexStatistics statistics(int requests, long bytes) {
        return new IndexStatistics(
                pages.get(),
                pagesFromCache.get(),
                metadata.get(),
                metadataFromCache.get(),
                announced.get(),
                unannounced.get(),
                ranged.get(),
                wholeWheels.get(),
                downloads.get(),
                requests,
                bytes);
    }
}
