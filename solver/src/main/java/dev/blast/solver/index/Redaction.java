package dev.blast.solver.index;

import java.net.URI;

/**
 * Addresses as they may appear in messages: without user, password and query (which holds the
 * signature of signed addresses).
 */
final class Redaction {

    private Redaction() {}

    static String of(URI uri) {
        return of(uri.toString());
    }

    /**
     * For text that may not even be a valid address: everything between {@code ://} and the last
     * {@code @} of the authority goes.
     */
    static String of(String address) {
        return address.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*://)[^/?#]*@", "$1***@")
                .replaceFirst("\\?.*$", "?***");
    }
}
