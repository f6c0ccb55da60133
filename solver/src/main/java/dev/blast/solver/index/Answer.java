package dev.blast.solver.index;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * One answer of a server, its body still to be read.
 *
 * @param uri the address that answered, after redirects
 * @param body as the server means it: unpacked where it came packed
 */
record Answer(URI uri, int status, HttpHeaders headers, InputStream body) {

    static Answer of(HttpResponse<InputStream> response) throws IOException {
        InputStream body = new Unclosed(response.body());
        boolean packed =
                response.headers()
                        .firstValue("content-encoding")
                        .orElse("")
                        .equalsIgnoreCase("gzip");
        return new Answer(
                response.uri(),
                response.statusCode(),
                response.headers(),
                packed ? new GZIPInputStream(body, 16 * 1024) : body);
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

    boolean isMissing() {
        return status == 404 || status == 410;
    }

    boolean isRefused() {
        return status == 401 || status == 403 || status == 407;
    }

    /** A header's value, empty where it is not there. */
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The media type without parameters, in lower case. */
    String mediaType() {
        return header("content-type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** The announced length of the body, -1 where it is not known. */
    long length() {
        return headers.firstValueAsLong("content-length").orElse(-1);
    }

    /** The whole body, which fails where it is longer than {@code mostBytes}. */
    byte[] bytes(int mostBytes) throws IOException {
        return new BoundedStream(body, mostBytes).readAllBytes();
    }
}
