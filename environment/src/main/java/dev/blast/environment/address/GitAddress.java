package dev.blast.environment.address;

import dev.blast.index.Credentials;
import dev.blast.packaging.Redaction;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of {@code git+https://HOST/PATH@REVISION#subdirectory=FOLDER}.
 *
 * @param url as git takes it, without a password
 * @param revision a branch, a tag or a commit; null for what the repository has at its head
 * @param subdirectory of the project in it; null for its root
 * @param credentials that the address itself names; null where it names none
 */
public record GitAddress(
        String url,
        @Nullable String revision,
        @Nullable String subdirectory,
        @Nullable Credentials credentials) {
    private static final Pattern PARTS =
            Pattern.compile("git\\+([a-z]+://[^/]*/[^#]*?)(?:@([^@/#][^@#]*))?(?:#(.*))?");

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /** See the class; the text has been looked at where it was read. */
    public static GitAddress of(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no repository: " + Redaction.inText(text));
        }
        String url = parts.group(1);
        return new GitAddress(
                Redaction.strip(url),
                parts.group(2),
                fragment(parts.group(3)).get("subdirectory"),
                url.startsWith("http") ? credentials(url) : null);
    }

    /** The folder that an address names in what is behind it; null for its root. */
    public static @Nullable String subdirectory(URI uri) {
        return fragment(uri.getFragment()).get("subdirectory");
    }

    /** The branch or tag that was asked for when a commit was chosen; null where none was. */
    public static @Nullable String requested(URI commit) {
        return fragment(commit.getFragment()).get("requested");
    }

    /** The address that a commit was chosen for: with the branch or tag that was asked for. */
    public static String asked(URI commit) {
        GitAddress address = of(commit.toString());
        String requested = requested(commit);
        return requested == null
                ? commit.toString()
                : commit.toString()
                                .replaceFirst("#.*", "")
                                .replaceFirst("@[^/@]*$", Matcher.quoteReplacement("@" + requested))
                        + (address.subdirectory == null
                                ? ""
                                : "#subdirectory=" + address.subdirectory.replace(" ", "%20"));
    }

    private static Map<String, String> fragment(@Nullable String text) {
        var values = new HashMap<String, String>();
        for (String part : text == null ? new String[0] : text.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                values.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return values;
    }

    private static @Nullable Credentials credentials(String url) {
        String user = URI.create(url).getRawUserInfo();
        if (user == null) {
            return null;
        }
        String decoded = URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
        int colon = decoded.indexOf(':');
        return colon < 0
                ? new Credentials(decoded, "")
                : new Credentials(decoded.substring(0, colon), decoded.substring(colon + 1));
    }

    /** Protocol, host and port. */
    String server() {
        return url.replaceFirst("^([a-z]+://[^/]*)/.*", "$1");
    }

    String protocol() {
        return url.substring(0, url.indexOf(':'));
    }

    /** The repository's folder; null where it is not on this machine. */
    public @Nullable Path folder() {
        return protocol().equals("file") ? Path.of(URI.create(url)) : null;
    }

    boolean namesCommit() {
        return revision != null && COMMIT.matcher(revision).matches();
    }

    /** One commit of it, as the address of a file; what was asked for stays with it. */
    public URI at(String commit) {
        var fragment = new StringBuilder();
        if (subdirectory != null) {
            fragment.append("subdirectory=").append(subdirectory.replace(" ", "%20"));
        }
        if (revision != null && !namesCommit()) {
            fragment.append(fragment.isEmpty() ? "" : "&").append("requested=").append(revision);
        }
        return URI.create(
                "git+%s@%s%s".formatted(url, commit, fragment.isEmpty() ? "" : "#" + fragment));
    }

    /** Whether a commit was chosen for the same repository, revision and folder. */
    public boolean isOf(URI commit) {
        GitAddress other = commit.toString().startsWith("git+") ? of(commit.toString()) : null;
        return other != null && at(String.valueOf(other.revision())).equals(commit);
    }

    @Override
    public String toString() {
        return url + (revision == null ? "" : "@" + revision);
    }
}
