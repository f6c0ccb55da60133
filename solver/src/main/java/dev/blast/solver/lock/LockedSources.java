package dev.blast.solver.lock;

import dev.blast.index.DistributionFile;
import dev.blast.packaging.LockedPackage;
import dev.blast.packaging.LockedSource;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.Version;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Folders and commits of repositories in a lock, and as what the solver knows them. Pure. */
public final class LockedSources {
    private LockedSources() {}

    /**
     * As a lock has a file; null for what is no folder and no commit.
     *
     * @param folder where the lock is, absolute
     */
    static @Nullable LockedSource of(DistributionFile file, Path folder) {
        Map<String, String> said = fragment(file.uri());
        return switch (file.kind()) {
            case FOLDER, EDITABLE ->
                    new LockedSource.Directory(
                            fromThere(folder, Path.of(bare(file.uri()))),
                            file.kind() == DistributionFile.Kind.EDITABLE,
                            said.get("subdirectory"));
            case CHECKOUT -> {
                String url = bare(file.uri()).toString().replaceFirst("^git\\+", "");
                int at = url.lastIndexOf('@');
                yield new LockedSource.Repository(
                        "git",
                        url.substring(0, at),
                        null,
                        said.get("requested"),
                        url.substring(at + 1),
                        said.get("subdirectory"));
            }
            case WHEEL, SDIST -> null;
        };
    }

    /**
     * The file that a lock means by a folder or a commit; null for what is neither, and for what
     * nobody can bring.
     */
    static @Nullable DistributionFile file(LockedPackage locked, Version version, Path folder) {
        return switch (locked.direct()) {
            case LockedSource.Directory directory ->
                    file(
                            locked,
                            version,
                            with(
                                    folder.resolve(directory.path())
                                            .normalize()
                                            .toUri()
                                            .toString()
                                            .replaceFirst("/$", ""),
                                    directory.subdirectory(),
                                    null),
                            directory.editable()
                                    ? DistributionFile.Kind.EDITABLE
                                    : DistributionFile.Kind.FOLDER);
            case LockedSource.Repository repository when isGit(repository) ->
                    file(
                            locked,
                            version,
                            with(
                                    "git+%s@%s"
                                            .formatted(
                                                    Redaction.strip(
                                                            String.valueOf(repository.url())),
                                                    repository.commitId()),
                                    repository.subdirectory(),
                                    repository.requestedRevision()),
                            DistributionFile.Kind.CHECKOUT);
            case null, default -> null;
        };
    }

    /** Whether two are the same folder or commit, whatever branch or tag led to it. */
    public static boolean areSame(DistributionFile one, DistributionFile other) {
        String place = "subdirectory";
        return one.kind() == other.kind()
                && bare(one.uri()).equals(bare(other.uri()))
                && Objects.equals(fragment(one.uri()).get(place), fragment(other.uri()).get(place));
    }

    private static String fromThere(Path folder, Path path) {
        String relative = folder.relativize(path).toString();
        return relative.isEmpty() ? "." : relative;
    }

    private static boolean isGit(LockedSource.Repository repository) {
        return repository.type().equals("git")
                && repository.url() != null
                && repository.commitId().matches("[0-9a-f]{40}|[0-9a-f]{64}");
    }

    private static DistributionFile file(
            LockedPackage locked, Version version, URI uri, DistributionFile.Kind kind) {
        return new DistributionFile(
                locked.name().escaped() + "-" + version,
                uri,
                kind,
                version,
                null,
                Map.of(),
                OptionalLong.empty(),
                null,
                locked.requiresPython(),
                null,
                null);
    }

    private static URI with(
            String bare, @Nullable String subdirectory, @Nullable String requested) {
        var fragment = new StringBuilder();
        if (subdirectory != null) {
            fragment.append("subdirectory=").append(subdirectory.replace(" ", "%20"));
        }
        if (requested != null) {
            fragment.append(fragment.isEmpty() ? "" : "&").append("requested=").append(requested);
        }
        return URI.create(bare + (fragment.isEmpty() ? "" : "#" + fragment));
    }

    private static URI bare(URI uri) {
        return URI.create(uri.toString().replaceFirst("#.*", ""));
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
}
