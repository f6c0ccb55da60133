package dev.blast.solver.index;

import java.io.IOException;

/** A file that is read by parts, wherever it is. For one thread. */
interface ByteSource {

    long size();

    /**
     * Exactly so many bytes from a place.
     *
     * @throws java.io.EOFException when the file ends before
     */
    byte[] read(long from, int length) throws IOException, IndexException;
}
