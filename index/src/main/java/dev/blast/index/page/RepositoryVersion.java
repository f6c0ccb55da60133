package dev.blast.index.page;

import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.packaging.Redaction;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of the simple API that a page says it speaks (PEP 629): a newer minor is remarked on,
 * another major is refused.
 */
final class RepositoryVersion {

    private static final Pattern VERSION = Pattern.compile("([0-9]{1,4})(?:\\.([0-9]{1,6}))?");

    /** The newest with a field that is read here (PEP 792). */
    private static final int KNOWN_MINOR = 4;

    private RepositoryVersion() {}

    /** What people should hear of it, empty where there is nothing to say. */
    static List<String> check(URI page, String version) throws IndexException {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            throw new IndexException(
                    Kind.FORMAT,
                    "%s names a version of the simple API that is none: '%s'"
                            .formatted(Redaction.of(page), version));
        }
        if (!parts.group(1).equals("1")) {
            throw new IndexException(
                    Kind.FORMAT,
                    "%s speaks version %s of the simple API, and Blast knows version 1"
                            .formatted(Redaction.of(page), version));
        }
        boolean newer = parts.group(2) != null && Integer.parseInt(parts.group(2)) > KNOWN_MINOR;
        return newer
                ? List.of(
                        "its page is in version %s of the simple API, and Blast knows 1.%d"
                                .formatted(version, KNOWN_MINOR))
                : List.of();
    }
}
