package dev.blast.index;

/**
 * Hears how far a download is; called on the thread that downloads, at most once per block of
 * bytes.
 */
@FunctionalInterface
public interface Transfer {

    /** Nobody listens. */
    Transfer SILENT = (doneBytes, totalBytes) -> {};

    /**
     * So much has arrived.
     *
     * @param doneBytes the bytes received up to now
     * @param totalBytes the size of the file, -1 where it is not known
     */
    void advance(long doneBytes, long totalBytes);
}
