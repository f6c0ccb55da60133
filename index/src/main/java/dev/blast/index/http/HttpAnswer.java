package dev.blast.index.http;

import dev.blast.packaging.Redaction;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import okhttp3.Headers;
import okhttp3.Response;

/**
 * One answer of a server, its body still to be read.
 *
 * @param path the address that was asked, and those that it led to; the last one answered
 * @param body as the server means it: unpacked where it came packed
 */
record HttpAnswer(List<URI> path, int status, Headers headers, InputStream body) {

    static HttpAnswer of(Response response, List<URI> path, InputStream wire) throws IOException {
        InputStream body = new Unclosed(wire);
        return new HttpAnswer(
                List.copyOf(path), response.code(), response.headers(), unpacked(response, body));
    }

    private static InputStream unpacked(Response response, InputStream body) throws IOException {
        String packed = String.join(", ", response.headers("content-encoding"));
        return switch (packed.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" ->
                    response.isSuccessful() ? new GZIPInputStream(body, 16 * 1024) : body;
            default -> new Unasked(packed);
        };
    }

    /** A body in a form that nobody asked for, which matters to who reads it. */
    private static final class Unasked extends InputStream {
        private final String packed;

        Unasked(String packed) {
            this.packed = packed;
        }

        @Override
        public int read() throws IOException {
            throw new ZipException("it is '%s', which was not asked for".formatted(packed));
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return read();
        }
    }

    /**
     * Parsers close what they read; here that is for {@link Transport}, which reads on to the end.
     */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }

    /** The address that answered, after redirects. */
    URI uri() {
        return path.getLast();
    }

    /** For messages: what was asked, and where it led. */
    String where() {
        return Redaction.of(path);
    }

    boolean isMissing() {
        return status == 404 || status == 410;
    }

    boolean isRefused() {
        return status == 401 || status == 403 || status == 407;
    }

    /** A header's value, empty where it is not there. */
    String header(String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }

    /** The media type without parameters, in lower case. */
    String mediaType() {
        return header("content-type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** The announced length of the body, -1 where it is not known. */
    long length() {
        String said = header("content-length");
        return said.matches("\\d{1,18}") ? Long.parseLong(said) : -1;
    }

    /** The whole body, which fails where it is longer than {@code mostBytes}. */
    byte[] bytes(int mostBytes) throws IOException {
        return new BoundedStream(body, mostBytes).readAllBytes();
    }
}
