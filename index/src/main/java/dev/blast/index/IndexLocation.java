package dev.blast.index;

import dev.blast.packaging.Redaction;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A place that has distributions.
 *
 * @param uri absolute ({@code https:}, {@code http:} or {@code file:}), without user, password and
 *     fragment: it may be shown
 * @param form how files are found there
 * @param credentials sent to this origin (scheme, host, port) and to no other
 */
public record IndexLocation(URI uri, Form form, @Nullable Credentials credentials) {

    /** How files are found at a location. */
    public enum Form {
        /** A simple repository (PEP 503, PEP 691): one page per project below the address. */
        SIMPLE,
        /**
         * One page, folder or file with links to files of any project, as pip's {@code
         * --find-links}.
         */
        LINKS
    }

    public IndexLocation {
        if (!uri.isAbsolute() || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "not a plain absolute address: " + Redaction.of(uri));
        }
    }

    /** A simple repository without credentials. */
    public static IndexLocation simple(URI uri) {
        return new IndexLocation(uri, Form.SIMPLE, null);
    }

    /** The address alone. */
    @Override
    public String toString() {
        return uri.toString();
    }
}
