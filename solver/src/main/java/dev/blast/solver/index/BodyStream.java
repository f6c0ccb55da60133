package dev.blast.solver.index;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a stream that fails when nothing arrives for too long: the client's own
 * timeout ends with the headers. Received by the client's threads, read by one other thread.
 *
 * <p>Blocks are asked for one by one, so a slow reader slows the sender down and the queue stays
 * short.
 */
final class BodyStream extends InputStream implements BodySubscriber<InputStream> {
    /** What the queue holds: blocks, and at the end one of these two. */
    private sealed interface Event {
        record Block(List<ByteBuffer> buffers) implements Event {}

        record End() implements Event {}

        record Failure(Throwable cause) implements Event {}
    }

    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Duration patience;
    private final LongAdder received;
    private List<ByteBuffer> block = List.of();
    private int next;
    private boolean ended;
    private volatile boolean closed;
    private volatile @Nullable Subscription subscription;

    private BodyStream(Duration patience, LongAdder received) {
        this.patience = patience;
        this.received = received;
    }

    /**
     * @param patience the longest pause between two blocks
     * @param received counts the bytes as they come over the wire
     */
    static BodyHandler<InputStream> handler(Duration patience, LongAdder received) {
        return _ -> new BodyStream(patience, received);
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        if (closed) {
            subscription.cancel();
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        buffers.forEach(buffer -> received.add(buffer.remaining()));
        events.add(new Event.Block(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        events.add(new Event.Failure(cause));
    }

    @Override
    public void onComplete() {
        events.add(new Event.End());
    }

    @Override
    public int read() throws IOException {
        ByteBuffer buffer = buffer();
        return buffer == null ? -1 : buffer.get() & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuffer buffer = buffer();
        if (buffer == null) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(into, offset, count);
        return count;
    }

    /** A buffer with at least one byte, or null at the end. */
    private @Nullable ByteBuffer buffer() throws IOException {
        while (!ended) {
            while (next < block.size()) {
                if (block.get(next).hasRemaining()) {
                    return block.get(next);
                }
                next++;
            }
            switch (await()) {
                case Event.Block(var buffers) -> {
                    block = buffers;
                    next = 0;
                    Objects.requireNonNull(subscription).request(1); // it sent this block
                }
                case Event.End() -> ended = true;
                case Event.Failure(var cause) ->
                        throw cause instanceof IOException e ? e : new IOException(cause);
            }
        }
        return null;
    }

    private Event await() throws IOException {
        if (closed) {
            throw new IOException("the answer was closed");
        }
        try {
            Event event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                close();
                throw new HttpTimeoutException(
                        "no further byte within " + patience.toSeconds() + " s");
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new InterruptedIOException("interrupted while reading an answer");
        }
    }

    /** Gives up what has not been read. */
    @Override
    public void close() {
        closed = true;
        Subscription current = subscription;
        if (!ended && current != null) {
            current.cancel();
        }
    }
}
