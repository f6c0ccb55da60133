package dev.blast.index.page;

import dev.blast.index.ServerOrigin;
import dev.blast.index.UnusableFile;
import dev.blast.packaging.Hashes;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.SpecifierSet;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a page may name, and how. A page is a stranger's word: it leads to the web and not to files
 * here, never from a protected connection to an open one, to another host only with a hash; and a
 * file whose hash or Python makes no sense is not taken on a guess. For one thread and page.
 */
public final class Intake {
    /** What a file of this machine can be called (NAME_MAX). */
    private static final int LONGEST_NAME = 255;

    /** Ten times what anybody has. */
    private static final int LONGEST_SPECIFIER = 1000;

    private final URI page;
    private final boolean hashesRequired;
    private final @Nullable ServerOrigin origin;
    private final Map<String, Optional<String>> specifiers = new HashMap<>();
    private final Map<String, Boolean> hosts = new HashMap<>();

    private Intake(URI page, boolean hashesRequired) {
        this.page = page;
        this.hashesRequired = hashesRequired;
        this.origin = isLocal(page) ? null : ServerOrigin.of(page);
    }

    /**
     * The same listing, with the links that are not followed among those passed over.
     *
     * @param page the address that gave the listing, after redirects
     */
    public static Listing judge(URI page, Listing listing, boolean hashesRequired) {
        var intake = new Intake(page, hashesRequired);
        var links = new ArrayList<Link>(listing.links().size());
        var passedOver = new ArrayList<>(listing.passedOver());
        for (Link link : listing.links()) {
            String objection = intake.objection(link);
            if (objection == null) {
                links.add(link);
            } else {
                passedOver.add(new UnusableFile(link.filename(), objection));
            }
        }
        return new Listing(
                links, listing.status(), passedOver, listing.remarks(), listing.project());
    }

    private @Nullable String objection(Link link) {
        if (link.filename().length() > LONGEST_NAME) {
            return "its name has more than %d letters".formatted(LONGEST_NAME);
        }
        String address = addressed(link);
        if (address != null) {
            return address;
        }
        for (Map.Entry<String, String> hash : link.hashes().entrySet()) {
            if (!Hashes.isPossible(hash.getKey(), hash.getValue())) {
                return "its %s is none: '%s'".formatted(hash.getKey(), hash.getValue());
            }
        }
        if (origin != null && !Hashes.isStrong(link.hashes())) {
            if (hashesRequired) {
                return "it has no strong hash, and hashes are required";
            }
            if (!ServerOrigin.of(URI.create(link.url())).equals(origin)) {
                return "it lies on another server, and has no strong hash";
            }
        }
        String python = link.requiresPython();
        return python == null
                ? null
                : specifiers.computeIfAbsent(python, Intake::specifier).orElse(null);
    }

    private @Nullable String addressed(Link link) {
        String url = link.url();
        if (!isAddress(url)) {
            return "its address is none";
        }
        if (url.startsWith("https://")) {
            return null;
        }
        if (url.startsWith("file:")) {
            return origin == null ? null : "a page from the web does not name files here";
        }
        return "https".equals(page.getScheme())
                ? "its address is plain http, and the page came by https"
                : null;
    }

    /** Whether it can be read later; making a {@link URI} of each of thousands would cost. */
    private boolean isAddress(String url) {
        if (!url.startsWith("https://")) {
            return hasHost(url) || url.startsWith("file:");
        }
        int end = url.indexOf('/', "https://".length());
        String server = end < 0 ? url : url.substring(0, end);
        return hosts.computeIfAbsent(server, Intake::hasHost)
                && (isPlain(url, server.length()) || hasHost(url));
    }

    private static boolean hasHost(String url) {
        try {
            return URI.create(url).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isPlain(String url, int from) {
        for (int i = from; i < url.length(); i++) {
            char c = url.charAt(i);
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= '0' && c <= '9')
                            || (c >= 'A' && c <= 'Z')
                            || "/.-_~:".indexOf(c) >= 0;
            if (!plain) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> specifier(String text) {
        if (text.length() > LONGEST_SPECIFIER) {
            return Optional.of(
                    "its Requires-Python has more than %d letters".formatted(LONGEST_SPECIFIER));
        }
        try {
            SpecifierSet.parse(text);
            return Optional.empty();
        } catch (InvalidSyntaxException e) {
            return Optional.of("its Requires-Python is none: '%s'".formatted(text));
        }
    }

    private static boolean isLocal(URI page) {
        return "file".equals(page.getScheme());
    }

    /** Up to three by name, and how many more there are; empty for none. */
    public static String inWords(List<UnusableFile> passedOver, int count) {
        if (count == 0) {
            return "";
        }
        List<String> named = passedOver.stream().limit(3).map(UnusableFile::toString).toList();
        String more = count > named.size() ? " and %d more".formatted(count - named.size()) : "";
        return "%s passed over: %s%s"
                .formatted(
                        count == 1 ? "1 file was" : count + " files were",
                        String.join(", ", named),
                        more);
    }
}
