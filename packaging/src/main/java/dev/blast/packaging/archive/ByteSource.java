package dev.blast.packaging.archive;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that is read by parts, wherever it is. For one thread. */
public interface ByteSource {

    /** In bytes; does not change. */
    long size() throws IOException;

    /**
     * Fills what remains of {@code into} from a place in the file.
     *
     * @throws java.io.EOFException when the file ends before
     */
    void read(long from, ByteBuffer into) throws IOException;
}
