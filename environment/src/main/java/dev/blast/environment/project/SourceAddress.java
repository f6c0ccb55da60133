package dev.blast.environment.project;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Marker;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.SdistName;
import dev.blast.packaging.WheelName;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address or a path as people write it where a requirement is expected: {@code ./lib[test]},
 * {@code git+https://…@v2#egg=x&subdirectory=y}. It is read for what it says itself; nothing is
 * asked of what is behind it, but whether a file or a folder is there.
 *
 * <p>Source: pip's documentation, "VCS Support" and "Requirements File Format"; PEP 610, appendix.
 *
 * @param url absolute: {@code https:}, {@code file:} or {@code git+…}; in its fragment only a
 *     subdirectory and hashes
 * @param name null where only what is behind it says its name
 */
record SourceAddress(
        String url, @Nullable PackageName name, Set<ExtraName> extras, @Nullable Marker marker) {
    private static final Pattern SCHEME = Pattern.compile("(?s)^([A-Za-z][A-Za-z0-9+.-]*):(//.*)$");
    private static final Pattern MARKED_URL = Pattern.compile("(?s)^(.*?)(?:\\s+;|;\\s)(.*)$");
    private static final Pattern MARKED_PATH = Pattern.compile("(?s)^(.*?);(.*)$");
    private static final Pattern WITH_EXTRAS = Pattern.compile("(?s)^(.*?)\\[([^\\[\\]]*)]$");
    private static final Pattern ARCHIVE =
            Pattern.compile(".*\\.(zip|tar|tar\\.gz|tgz|tar\\.bz2|tbz2?|tar\\.xz|txz)");
    private static final Pattern HASH = Pattern.compile("sha(256|384|512)=[0-9A-Fa-f]+");

    /** On GitHub, GitLab and the like an archive is called after a branch or a tag. */
    private static final Pattern OF_FORGE = Pattern.compile(".*/(archive|zipball|tarball)/.*");

    /** The one place that is reached by no way that others are on. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?/.*");

    SourceAddress {
        extras = Set.copyOf(extras);
    }

    /**
     * Reads one.
     *
     * @param bases the folders from which a path may go, best first
     * @throws InvalidSyntaxException with the reason, where it can be no source of a package
     */
    static SourceAddress of(String text, boolean editable, List<Path> bases) {
        boolean isUrl = SCHEME.matcher(text).matches() || text.startsWith("file:");
        Matcher marked = (isUrl ? MARKED_URL : MARKED_PATH).matcher(text);
        String place = marked.matches() ? marked.group(1).strip() : text.strip();
        Marker marker = marked.matches() ? Marker.parse(marked.group(2).strip()) : null;
        var reading = new Reading(text, bases);
        SourceAddress read;
        try {
            read = isUrl ? reading.address(place) : reading.path(place);
            URI.create(read.url);
        } catch (InvalidSyntaxException e) {
            throw e;
        } catch (IllegalArgumentException e) { // no path, or no address, can be written so
            throw reading.wrong("it is no address");
        }
        if (editable && !read.isRepository() && !read.isFolder()) {
            throw reading.wrong("only a folder or a repository is installed editable");
        }
        return new SourceAddress(read.url, read.name, read.extras, marker);
    }

    /** The same for the address that stands behind a name and {@code @}. */
    static String behindName(String written, List<Path> bases) {
        return of(written, false, bases).url();
    }

    boolean isRepository() {
        return url.startsWith("git+");
    }

    boolean isFolder() {
        return url.startsWith("file:") && Files.isDirectory(pathOf(url));
    }

    /** What a {@code file:} address names. */
    static Path pathOf(String url) {
        String bare = url.replaceFirst("#.*", "").replaceFirst("^file:(//(localhost(?=/))?)?", "");
        return Path.of(URLDecoder.decode(bare.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    /** A text on its way to an address. */
    private record Reading(String text, List<Path> bases) {
        InvalidSyntaxException wrong(String reason) {
            return new InvalidSyntaxException(reason, Redaction.inText(text), 0);
        }

        SourceAddress address(String place) {
            int hash = place.indexOf('#');
            String bare = hash < 0 ? place : place.substring(0, hash);
            var extras = new TreeSet<ExtraName>();
            Matcher scheme = SCHEME.matcher(bare);
            String kind = scheme.matches() ? scheme.group(1).toLowerCase(Locale.ROOT) : "file";
            if (hash < 0 || kind.equals("file")) {
                Matcher extra = WITH_EXTRAS.matcher(bare);
                if (extra.matches()) {
                    bare = extra.group(1);
                    addExtras(extra.group(2), extras);
                }
            }
            PackageName name = null;
            var kept = new ArrayList<String>();
            for (String part :
                    hash < 0 ? new String[0] : place.substring(hash + 1).split("&", -1)) {
                if (part.startsWith("egg=")) {
                    name = egg(decoded(part.substring("egg=".length())), extras);
                } else if (part.startsWith("subdirectory=")) {
                    kept.add("subdirectory=" + subdirectory(part.substring(13)));
                } else if (HASH.matcher(part).matches()) {
                    kept.add(part.toLowerCase(Locale.ROOT));
                }
            }
            String url =
                    switch (kind) {
                        case "git+https", "git+ssh", "git+file", "git+http" ->
                                repository(kind + ":" + scheme.group(2));
                        case "https", "http" -> archive(bare);
                        case "file" -> local(pathOf(bare));
                        default -> throw wrong(unknown(kind));
                    };
            return new SourceAddress(
                    url + (kept.isEmpty() ? "" : "#" + String.join("&", kept)),
                    name == null ? named(url) : name,
                    extras,
                    null);
        }

        private static String unknown(String kind) {
            return kind.equals("git") || kind.equals("ssh")
                    ? "a repository is named git+%s"
                            .formatted(kind.equals("ssh") ? "ssh://…" : "https://…")
                    : kind.startsWith("git+")
                            ? "nothing protects what comes by %s:; name it git+https://… or git+ssh://…"
                                    .formatted(kind)
                            : kind.matches("(hg|svn|bzr)\\+.*")
                                    ? "of repositories only those of git are understood"
                                    : "only https:, file: and git+ addresses are understood, not '%s:'"
                                            .formatted(kind);
        }

        /** What could be taken for an option by git, or by ssh, is no address and no revision. */
        private String repository(String url) {
            String rest = url.substring(url.indexOf("://") + 3);
            if (rest.startsWith("-") || rest.isEmpty()) {
                throw wrong("no host is called that");
            }
            if (url.startsWith("git+http:") && !LOOPBACK.matcher(rest).matches()) {
                throw wrong(unknown("git+http"));
            }
            int at = rest.lastIndexOf('@');
            if (at > rest.indexOf('/') && rest.indexOf('/') >= 0) {
                String revision = rest.substring(at + 1);
                if (revision.isEmpty() || !revision.matches("(?!-)[^\\s~^:?*\\[\\\\\\p{Cntrl}]+")) {
                    throw wrong("no branch, tag or commit is called '%s'".formatted(revision));
                }
            }
            return url;
        }

        private String archive(String url) {
            String path = url.replaceFirst("\\?.*", "").toLowerCase(Locale.ROOT);
            if (path.endsWith(".whl") || ARCHIVE.matcher(path).matches()) {
                return url;
            }
            throw wrong(
                    path.endsWith(".git")
                            ? "a repository is named git+https://…"
                            : "it ends as no wheel and no archive of sources does (.whl, .tar.gz, .zip, …)");
        }

        SourceAddress path(String place) {
            if (place.matches("(git\\+)?[\\w.-]+@[\\w.-]+:.*")) {
                throw wrong("a repository is named git+ssh://git@HOST/PATH");
            }
            var extras = new TreeSet<ExtraName>();
            Path found = found(place);
            if (found == null) {
                Matcher extra = WITH_EXTRAS.matcher(place);
                found = extra.matches() ? found(extra.group(1)) : null;
                if (extra.matches()) {
                    addExtras(extra.group(2), extras);
                }
            }
            if (found == null) {
                throw wrong("there is no such file or folder in " + bases.getFirst());
            }
            String url = local(found);
            return new SourceAddress(url, named(url), extras, null);
        }

        private @Nullable Path found(String written) {
            try {
                for (Path base : bases) {
                    Path path = base.resolve(written).normalize();
                    if (Files.exists(path)) {
                        return path;
                    }
                }
                return null;
            } catch (InvalidPathException e) {
                throw wrong("no file can have this name");
            }
        }

        private String local(Path path) {
            if (!path.isAbsolute()) {
                Path found = found(path.toString());
                if (found == null) {
                    throw wrong("there is no such file or folder in " + bases.getFirst());
                }
                return local(found);
            }
            if (Files.isDirectory(path)) {
                if (!Files.exists(path.resolve(Project.PYPROJECT))
                        && !Files.exists(path.resolve("setup.py"))) {
                    throw wrong(
                            "%s is no project: it has no pyproject.toml and no setup.py"
                                    .formatted(path));
                }
                return path.toUri().toString().replaceFirst("/$", "");
            }
            if (!Files.exists(path)) {
                throw wrong("there is no file " + path);
            }
            String url = path.toUri().toString();
            archive(url);
            return url;
        }

        private static String subdirectory(String written) {
            Path path = Path.of(decoded(written)).normalize();
            if (path.isAbsolute() || path.startsWith("..")) {
                throw new InvalidSyntaxException("it leads out of its source", written, 0);
            }
            return path.toString();
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        private static PackageName egg(String egg, Set<ExtraName> extras) {
            Matcher extra = WITH_EXTRAS.matcher(egg);
            if (extra.matches()) {
                addExtras(extra.group(2), extras);
                return PackageName.parse(extra.group(1));
            }
            return PackageName.parse(egg);
        }

        private static void addExtras(String text, Set<ExtraName> extras) {
            for (String extra : text.isBlank() ? new String[0] : text.split(",", -1)) {
                extras.add(new ExtraName(extra.strip()));
            }
        }

        /** What its file name says, where that is the name of a wheel or of a source. */
        private static @Nullable PackageName named(String url) {
            String bare = url.replaceFirst("[?#].*", "");
            String file = decoded(bare.substring(bare.lastIndexOf('/') + 1));
            if (file.endsWith(".whl")) {
                return WheelName.parse(file).name();
            }
            if (bare.startsWith("git+") || OF_FORGE.matcher(bare).matches()) {
                return null;
            }
            try {
                return SdistName.parse(file).name();
            } catch (InvalidSyntaxException _) {
                return null;
            }
        }
    }
}
