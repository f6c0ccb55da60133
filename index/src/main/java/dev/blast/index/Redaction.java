package dev.blast.index;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Addresses as they may appear in messages: without user, password and query (which holds the
 * signature of signed addresses).
 */
public final class Redaction {

    private Redaction() {}

    public static String of(URI uri) {
        return of(uri.toString());
    }

    /** An address with those that it led to. */
    public static String of(List<URI> path) {
        return path.stream().map(Redaction::of).collect(Collectors.joining(", which leads to "));
    }

    public static String of(String address) {
        return withoutQuery(
                address.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*://)?[^/?#]*@", "$1***@"));
    }

    /**
     * The same for text that could not be understood, where a password may hold anything: all
     * before the last {@code @} goes.
     */
    public static String ofUnreadable(String text) {
        return withoutQuery(text.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*://)?.*@", "$1***@"));
    }

    private static String withoutQuery(String address) {
        return address.replaceFirst("\\?.*$", "?***");
    }
}
