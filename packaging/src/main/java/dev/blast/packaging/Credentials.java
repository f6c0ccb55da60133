package dev.blast.packaging;

import java.util.regex.Pattern;

/** Keeps passwords out of what is written beside installed packages (PEP 610). */
final class Credentials {
    /** What may stay: names of environment variables, and the user name that SSH always has. */
    private static final Pattern HARMLESS = Pattern.compile("\\$\\{[\\w-]+}(:\\$\\{[\\w-]+})?|git");

    private Credentials() {}

    /** The URL without user name and password. */
    static String strip(String url) {
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
