package dev.blast.packaging;

import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keeps what gives access out of what is said and written down: user and password of an address,
 * and its query, which holds the signature of signed addresses.
 */
public final class Redaction {
    /** What may stay: names of environment variables, and the user name that SSH always has. */
    private static final Pattern HARMLESS = Pattern.compile("\\$\\{[\\w-]+}(:\\$\\{[\\w-]+})?|git");

    /**
     * Before the host of an address somewhere in a text, up to its last {@code @}. What cannot
     * stand in an address unescaped ends it.
     */
    private static final Pattern IN_TEXT =
            Pattern.compile("(?<=[A-Za-z0-9]://)[^/?#\\s\"'<>]+(?=@)");

    private Redaction() {}

    /** A text with {@code ***} instead of the user names and passwords of the addresses in it. */
    public static String inText(String text) {
        return IN_TEXT.matcher(text)
                .replaceAll(found ->
                        HARMLESS.matcher(found.group()).matches()
                                ? Matcher.quoteReplacement(found.group())
                                : "***");
    }

    /** The URL without user name and password. */
    public static String strip(String url) {
        int scheme = url.indexOf("://");
        if (scheme < 0) {
            return url;
        }
        int from = scheme + 3;
        int end = from;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        int at = url.lastIndexOf('@', end - 1);
        if (at < from || HARMLESS.matcher(url.substring(from, at)).matches()) {
            return url;
        }
        return url.substring(0, from) + url.substring(at + 1);
    }

    /** An address as it may appear in a message. */
    public static String of(URI uri) {
        return of(uri.toString());
    }

    /** An address with those that it led to. */
    public static String of(List<URI> path) {
        return path.stream().map(Redaction::of).collect(Collectors.joining(", which leads to "));
    }

    /** The same for one that is a text. */
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
