package dev.blast.index.http;

import dev.blast.index.DistributionFile;
import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.archive.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file on a server by parts (RFC 9110, section 14). What was read last is kept as one window, and
 * reads are made a little larger than asked for: what is wanted next in a wheel lies just before.
 */
final class RangedBytes implements ByteSource {
    /** How much of the end is read at first. */
    private static final int TAIL_BYTES = 16 * 1024;

    private static final int SLACK_BYTES = 16 * 1024;
    private static final Pattern CONTENT_RANGE =
            Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    /** A part is some of the end of a wheel, or one of its files. */
    private static final int MOST_PART_BYTES = 64 << 20;

    private final Transport transport;
    private final URI uri;
    private final @Nullable URI namedBy;
    private final long size;
    private long windowBegin;
    private byte[] window;

    private RangedBytes(Transport transport, URI uri, @Nullable URI from, Part part) {
        this.namedBy = from;
        this.transport = transport;
        this.uri = uri;
        this.size = part.size();
        this.windowBegin = part.begin();
        this.window = part.bytes();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(long begin, long size, byte[] bytes) {}

    /**
     * Reads the end of the file, from which its size becomes known.
     *
     * @return null where the server does not give parts
     */
    static @Nullable RangedBytes open(
            Transport transport, DistributionFile file, @Nullable URI from) throws IndexException {
        URI uri = file.uri();
        int tail = TAIL_BYTES;
        Part part =
                file.sizeBytes().isPresent()
                        ? part(
                                transport,
                                uri,
                                from,
                                "bytes=" + Math.max(0, file.sizeBytes().getAsLong() - tail) + "-")
                        : part(transport, uri, from, "bytes=-" + tail);
        if (part == null
                && file.sizeBytes()
                        .isEmpty()) { // some servers give parts, but none counted from the end
            long size = size(transport, uri, from);
            part =
                    size < 0
                            ? null
                            : part(transport, uri, from, "bytes=" + Math.max(0, size - tail) + "-");
        }
        return part == null ? null : new RangedBytes(transport, uri, from, part);
    }

    /** -1 where the server does not say, or says that it gives no parts. */
    private static long size(Transport transport, URI uri, @Nullable URI from)
            throws IndexException {
        return transport.exchange(
                "HEAD",
                uri,
                Map.of(),
                from,
                answer ->
                        answer.status() == 200
                                        && answer.header("accept-ranges").equalsIgnoreCase("bytes")
                                ? answer.length()
                                : -1L);
    }

    private static @Nullable Part part(
            Transport transport, URI uri, @Nullable URI from, String range) throws IndexException {
        return transport.<@Nullable Part>exchange(
                "GET",
                uri,
                Map.of("Range", range),
                from,
                answer -> {
                    if (answer.isMissing() || answer.isRefused()) {
                        Statuses.expectOk(answer, "a wheel");
                    }
                    if (answer.status() != 206) {
                        return null;
                    }
                    Matcher said = CONTENT_RANGE.matcher(answer.header("content-range"));
                    if (!said.matches()) {
                        return null;
                    }
                    long begin = Long.parseLong(said.group(1));
                    long length = Long.parseLong(said.group(2)) - begin + 1;
                    if (length <= 0 || length > MOST_PART_BYTES) {
                        return null;
                    }
                    byte[] bytes = answer.body().readNBytes((int) length);
                    if (bytes.length != length) {
                        return null;
                    }
                    return new Part(begin, Long.parseLong(said.group(3)), bytes);
                });
    }

    @Override
    public long size() {
        return size;
    }

    /** What the server or the network did wrong is the cause. */
    @Override
    public void read(long from, ByteBuffer into) throws IOException {
        int length = into.remaining();
        if (from < 0 || from > size - length) {
            throw new EOFException(
                    "it should have bytes %d to %d, and has %d"
                            .formatted(from, from + length, size));
        }
        if (from < windowBegin || from + length > windowBegin + window.length) {
            try {
                move(from, length);
            } catch (IndexException e) {
                throw new IOException(e);
            }
        }
        into.put(window, (int) (from - windowBegin), length);
    }

    /**
     * Makes the window hold a stretch; where the stretch ends in or just before the window, the two
     * are joined.
     */
    private void move(long from, int length) throws IndexException {
        long windowEnd = windowBegin + window.length;
        boolean joins =
                from < windowBegin
                        && from + length + SLACK_BYTES >= windowBegin
                        && from + length <= windowEnd;
        long begin = joins ? Math.max(0, from - SLACK_BYTES) : from;
        long end = joins ? windowBegin : Math.min(size, from + Math.max(length, SLACK_BYTES));
        Part part = part(transport, uri, namedBy, "bytes=" + begin + "-" + (end - 1));
        if (part == null
                || part.begin() != begin
                || part.bytes().length != end - begin
                || part.size() != size) {
            throw new IndexException(
                    Kind.FORMAT,
                    "%s: the server gave another part of the file than was asked for"
                            .formatted(Redaction.of(uri)));
        }
        if (joins) {
            byte[] joined = Arrays.copyOf(part.bytes(), part.bytes().length + window.length);
            System.arraycopy(window, 0, joined, part.bytes().length, window.length);
            window = joined;
        } else {
            window = part.bytes();
        }
        windowBegin = begin;
    }
}
