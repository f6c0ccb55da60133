package dev.blast.index.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails when it is longer than can be right, so that no answer fills the memory. */
final class BoundedStream extends FilterInputStream {

    /** Asking again would bring the same. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(long mostBytes) {
            super("the answer is longer than %d bytes, the most that is read".formatted(mostBytes));
        }
    }

    private final long mostBytes;
    private long count;

    BoundedStream(InputStream in, long mostBytes) {
        super(in);
        this.mostBytes = mostBytes;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int bytes) throws IOException {
        count += bytes;
        if (count > mostBytes) {
            throw new TooLongException(mostBytes);
        }
    }
}
