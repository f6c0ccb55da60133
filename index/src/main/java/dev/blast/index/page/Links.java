package dev.blast.index.page;

import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.settings.Addresses;
import dev.blast.packaging.Redaction;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Addresses in pages. */
final class Links {

    /** More than any project has, and few enough to be held in memory. */
    private static final int MOST = 200_000;

    private Links() {}

    /** Fails for a page with more links than can be meant. */
    static void bound(URI page, int links) throws IndexException {
        if (links >= MOST) {
            throw new IndexException(
                    Kind.FORMAT,
                    "%s has more than %d links, the most that are read"
                            .formatted(Redaction.of(page), MOST));
        }
    }

    /**
     * Resolves an address found in a page; null where it is none, or leads neither to the web nor
     * to local files.
     *
     * <p>The text of an absolute address is kept as it is: a page holds thousands, and making a
     * {@link URI} of each costs more than reading the page.
     */
    static @Nullable String absolute(URI base, String reference) {
        int hash = reference.indexOf('#');
        String bare = hash < 0 ? reference : reference.substring(0, hash);
        if (bare.startsWith("https://") && bare.indexOf('@') < 0 && bare.indexOf(' ') < 0) {
            return bare;
        }
        try {
            URI uri = Addresses.withoutUserInfo(base.resolve(bare.replace(" ", "%20")));
            return switch (uri.getScheme()) {
                case "https", "http", "file" -> uri.toString();
                case null, default -> null;
            };
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
