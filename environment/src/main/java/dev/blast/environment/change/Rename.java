package dev.blast.environment.change;

/**
 * One rename of a transaction. Paths are relative to the environment and name a file or a whole
 * folder. The private end of each rename (in {@code staging/ID}) is a name that this transaction
 * alone uses, so whether a step has been done can be read off the disk at any time, and no progress
 * needs to be written down:
 *
 * <ul>
 *   <li>{@link Remove} {@code ENV/path} to {@code old/slot}: done exactly when {@code old/slot} is
 *       there;
 *   <li>{@link Place} {@code new/path} to {@code ENV/path}: done exactly when {@code new/path} is
 *       no longer there.
 * </ul>
 */
sealed interface Rename {
    String path();

    /**
     * Something goes.
     *
     * @param slot the name in {@code old/}, unique in the transaction
     * @param keep the content is not ours (nobody's RECORD names it): after the commit it is put
     *     into {@code displaced/}
     */
    record Remove(String path, int slot, boolean keep) implements Rename {}

    /** Something comes. */
    record Place(String path) implements Rename {}
}
