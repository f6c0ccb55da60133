package dev.blast.solver.index;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Locale;

/**
 * One answer of a server, its body still to be read.
 *
 * @param uri the address that answered, after redirects
 * @param body as the server means it: unpacked where it came packed
 */
record Answer(URI uri, int status, HttpHeaders headers, InputStream body) {

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
