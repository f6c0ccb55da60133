package dev.blast.index.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * A body as it comes over the wire: counted, and given up where it comes so slowly that it would
 * never end. That nothing comes at all is the client's time-out. For one thread.
 */
final class WireStream extends FilterInputStream {

    /** Asking again would most likely bring the same. */
    static final class TooSlowException extends IOException {
        private static final long serialVersionUID = 1L;

        TooSlowException(long bytes, Duration span) {
            super(
                    "no more than %d bytes came within %d s"
                            .formatted(bytes, Math.max(1, span.toSeconds())));
        }
    }

    /** A line that is slower than this could not bring a wheel in a day. */
    private static final long LEAST_BYTES_PER_SECOND = 256;

    private final Duration span;
    private final LongAdder received;
    private final Lane lane;
    private long waitedNanos;
    private long spanBytes;

    /**
     * @param span of waiting, after which enough must have come
     * @param received counts the bytes
     */
    WireStream(InputStream in, Duration span, LongAdder received, Lane lane) {
        super(in);
        this.span = span;
        this.received = received;
        this.lane = lane;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        long before = System.nanoTime();
        int count = super.read(into, offset, length);
        waitedNanos += System.nanoTime() - before;
        if (count > 0) {
            received.add(count);
            lane.lives();
            spanBytes += count;
            keepPace();
        }
        return count;
    }

    private void keepPace() throws TooSlowException {
        if (waitedNanos > span.toNanos()) {
            if (spanBytes * 1000 < LEAST_BYTES_PER_SECOND * span.toMillis()) {
                throw new TooSlowException(spanBytes, span);
            }
            waitedNanos = 0;
            spanBytes = 0;
        }
    }
}
