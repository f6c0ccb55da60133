package dev.blast.packaging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps passwords out of what is written down (PEP 610) and out of what is said. */
public final class Credentials {
    /** What may stay: names of environment variables, and the user name that SSH always has. */
    private static final Pattern HARMLESS = Pattern.compile("\\$\\{[\\w-]+}(:\\$\\{[\\w-]+})?|git");

    /**
     * Before the host of an address somewhere in a text, up to its last {@code @}. What cannot
     * stand in an address unescaped ends it.
     */
    private static final Pattern IN_TEXT =
            Pattern.compile("(?<=[A-Za-z0-9]://)[^/?#\\s\"'<>]+(?=@)");

    private Credentials() {}

    /** A text with {@code ***} instead of the user names and passwords of the addresses in it. */
    public static String hide(String text) {
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
}
