package dev.blast.environment.address;

import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.build.Builds;
import dev.blast.environment.build.RefusedSourceException;
import dev.blast.environment.build.Source;
import dev.blast.environment.build.SourceArchive;
import dev.blast.environment.install.Trees;
import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.Transfer;
import dev.blast.packaging.Hashes;
import dev.blast.packaging.Message;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.Version;
import dev.blast.solver.BuildException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what is behind addresses. A source at an address becomes a folder, one of the cache
 * where it is none, and is built as one. For one thread.
 */
public final class SourceFinder {
    private static final Version NONE_YET = Version.parse("0");

    private final Path cache;
    private final Repositories repositories;
    private final Builds builds;
    private final Index index;

    public SourceFinder(Path cache, Repositories repositories, Builds builds, Index index) {
        this.cache = cache.resolve("addresses");
        this.repositories = repositories;
        this.builds = builds;
        this.index = index;
    }

    /**
     * What an address leads to.
     *
     * @param metadata of the wheel that it would be
     * @param source what it is built from, a folder in any case
     * @param lacking what its repository has besides, a clause each
     */
    public record Found(
            DistributionFile file, Metadata metadata, Source source, List<String> lacking) {
        public Found {
            lacking = List.copyOf(lacking);
        }

        /** The folder that it is built from. */
        public Path tree() {
            return Objects.requireNonNull(source.folder());
        }

        /** What is missing from it, and how it is had; empty where nothing is. */
        public Optional<String> lack() {
            return lack(lacking);
        }

        private static Optional<String> lack(List<String> lacking) {
            return lacking.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "its repository has %s; a folder with all of it (git clone --recurse-submodules, git lfs pull) can be named instead"
                                    .formatted(String.join(", and ", lacking)));
        }

        /** A build of it that failed. */
        public BuildException told(BuildException e) {
            return told(e, lacking);
        }

        private static BuildException told(BuildException e, List<String> lacking) {
            Optional<String> lack = e.isForbidden() ? Optional.empty() : lack(lacking);
            return lack.isEmpty()
                    ? e
                    : new BuildException(Message.of("%s\n%s", Message.of(e), lack.get()));
        }
    }

    /**
     * Looks.
     *
     * @param url {@code git+…}, {@code file:} or {@code https:}, no wheel
     * @param locked what was found there when it was locked; null for nothing, and to look anew
     * @throws BuildException where nothing can be built of it
     * @throws EnvironmentException where it cannot be brought
     */
    public Found find(String url, boolean editable, @Nullable DistributionFile locked)
            throws EnvironmentException, IndexException, BuildException {
        if (url.startsWith("git+")) {
            GitAddress address = GitAddress.of(url);
            String commit =
                    locked != null && address.isOf(locked.uri())
                            ? GitAddress.of(locked.uri().toString()).revision()
                            : null;
            Repositories.Checkout checkout = repositories.checkout(address, commit);
            List<String> lacking = Repositories.lacking(checkout.tree());
            try {
                return found(
                        address.at(checkout.commit()),
                        DistributionFile.Kind.CHECKOUT,
                        new Source.Commit(
                                within(checkout.tree(), address.subdirectory()), checkout),
                        Map.of(),
                        null,
                        lacking);
            } catch (BuildException e) {
                throw Found.told(e, lacking);
            }
        }
        URI uri = uri(url);
        if (uri.getScheme().equals("file") && Files.isDirectory(Path.of(bare(uri)))) {
            String part = fragment(uri).get("subdirectory");
            return found(
                    part == null ? bare(uri) : with(bare(uri), part),
                    editable ? DistributionFile.Kind.EDITABLE : DistributionFile.Kind.FOLDER,
                    Source.at(within(Path.of(bare(uri)), part), editable),
                    Map.of(),
                    null,
                    List.of());
        }
        if (uri.getScheme().equals("file") && !Files.exists(Path.of(bare(uri)))) {
            throw new EnvironmentException("there is nothing at " + Path.of(bare(uri)));
        }
        return archive(url, uri, locked);
    }

    private static URI uri(String url) throws EnvironmentException {
        try {
            var uri = new URI(Redaction.strip(url));
            if (uri.isAbsolute()) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // told below
        }
        throw new EnvironmentException(
                Message.of(
                        "'%s' is no URL\na folder is named by file:///its/path, or as path = \"…\" in [tool.uv.sources]",
                        Redaction.inText(url)));
    }

    /** Whether something was found at this address when it was locked. */
    public static boolean isOf(String url, DistributionFile locked) {
        if (url.startsWith("git+")) {
            return GitAddress.of(url).isOf(locked.uri());
        }
        return Redaction.strip(url)
                .replaceFirst("#.*", "")
                .equals(locked.uri().toString().replaceFirst("#.*", ""));
    }

    private Found archive(String url, URI uri, @Nullable DistributionFile locked)
            throws EnvironmentException, IndexException, BuildException {
        Map<String, String> said = new HashMap<>(fragment(uri));
        String subdirectory = said.remove("subdirectory");
        said.keySet().retainAll(Set.of("sha256", "sha384", "sha512"));
        URI known = subdirectory == null ? bare(uri) : with(bare(uri), subdirectory);
        if (locked != null && locked.uri().equals(known)) {
            locked.hashes().forEach(said::putIfAbsent);
        }
        String filename = filename(uri);
        try {
            String expected = said.get("sha256");
            Path kept = expected == null ? null : cache.resolve(expected);
            if (kept == null || !Files.isDirectory(kept)) {
                kept = brought(URI.create(url.replaceFirst("#.*", "")), filename, said);
            }
            Path top;
            try (var folders = Files.list(kept)) {
                top = folders.findFirst().orElseThrow();
            }
            return found(
                    known,
                    DistributionFile.Kind.SDIST,
                    new Source.Folder(within(top, subdirectory)),
                    Map.of("sha256", kept.getFileName().toString()),
                    filename,
                    List.of());
        } catch (RefusedSourceException e) {
            throw new EnvironmentException(
                    "%s is not laid out: %s".formatted(Redaction.of(uri), e.getMessage()), e);
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot keep %s: %s%s",
                            Redaction.of(uri), Cause.of(e), Cause.advice(e, cache)),
                    e);
        }
    }

    /** Brings an archive and lays it out; the folder is called by its hash. */
    private Path brought(URI uri, String filename, Map<String, String> hashes)
            throws EnvironmentException, IndexException, IOException {
        Directories.createPrivate(cache);
        Path making = Files.createDirectory(cache.resolve(".making-" + UUID.randomUUID()));
        try {
            Path packed =
                    index.fetch(
                            file(filename, uri, DistributionFile.Kind.SDIST, NONE_YET, hashes),
                            making,
                            Transfer.SILENT);
            String sha256 = sha256(packed);
            Path tree = Files.createDirectory(making.resolve("tree"));
            SourceArchive.lay(packed, filename, tree);
            Path kept = cache.resolve(sha256);
            try {
                Files.move(tree, kept, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                if (!Files.isDirectory(kept)) { // else it was there
                    throw e;
                }
            }
            return kept;
        } finally {
            Trees.delete(making);
        }
    }

    private Found found(
            URI uri,
            DistributionFile.Kind kind,
            Source source,
            Map<String, String> hashes,
            @Nullable String filename,
            List<String> lacking)
            throws IndexException, BuildException {
        Metadata metadata = builds.metadata(source);
        String name =
                filename != null ? filename : metadata.name().escaped() + "-" + metadata.version();
        return new Found(
                file(name, uri, kind, metadata.version(), hashes), metadata, source, lacking);
    }

    private static DistributionFile file(
            String filename,
            URI uri,
            DistributionFile.Kind kind,
            Version version,
            Map<String, String> hashes) {
        return new DistributionFile(
                filename,
                uri,
                kind,
                version,
                null,
                hashes,
                OptionalLong.empty(),
                null,
                null,
                null,
                null);
    }

    /** What it says of itself, and is. */
    public static void requireNamed(PackageName wanted, Found found, String origin)
            throws EnvironmentException {
        if (!found.metadata().name().equals(wanted)) {
            throw new EnvironmentException(
                    "%s: what is at %s is %s, and not %s"
                            .formatted(
                                    origin,
                                    Redaction.of(found.file().uri()),
                                    found.metadata().name(),
                                    wanted));
        }
    }

    private static Path within(Path tree, @Nullable String subdirectory) throws BuildException {
        if (subdirectory == null) {
            return tree;
        }
        try {
            Path real = tree.resolve(subdirectory).toRealPath();
            if (real.startsWith(tree.toRealPath()) && Files.isDirectory(real)) {
                return real;
            }
        } catch (IOException _) {
            // told below
        }
        throw new BuildException(
                Message.line("cannot be built: it has no folder '%s'".formatted(subdirectory)));
    }

    private static URI with(URI bare, String subdirectory) {
        return URI.create(bare + "#subdirectory=" + subdirectory.replace(" ", "%20"));
    }

    /** An address without its fragment. */
    public static URI bare(URI uri) {
        return URI.create(uri.toString().replaceFirst("#.*", ""));
    }

    private static String filename(URI uri) {
        String path = String.valueOf(uri.getRawPath());
        return URLDecoder.decode(
                path.substring(path.lastIndexOf('/') + 1).replace("+", "%2B"),
                StandardCharsets.UTF_8);
    }

    private static Map<String, String> fragment(URI uri) {
        var values = new HashMap<String, String>();
        String text = uri.getFragment() == null ? "" : uri.getFragment();
        for (String part : text.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                values.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return values;
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = Hashes.digest("sha256");
        byte[] buffer = new byte[1 << 16];
        try (InputStream stream = Files.newInputStream(file)) {
            for (int n = stream.read(buffer); n > 0; n = stream.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
