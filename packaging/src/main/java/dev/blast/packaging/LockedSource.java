package dev.blast.packaging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a locked package comes from when it does not come from an index (PEP 751). */
public sealed interface LockedSource {

    /** The folder of the project inside the source; null for its root. */
    @Nullable String subdirectory();

    /** The key of its table in a package. */
    String key();

    Map<String, Object> toMap();

    /** A commit of a repository. */
    record Repository(
            String type,
            @Nullable String url,
            @Nullable String path,
            @Nullable String requestedRevision,
            String commitId,
            @Nullable String subdirectory)
            implements LockedSource {
        @Override
        public String key() {
            return "vcs";
        }

        @Override
        public Map<String, Object> toMap() {
            return new LockedTable()
                    .with("type", type)
                    .with("url", url)
                    .with("path", path)
                    .with("requested-revision", requestedRevision)
                    .with("commit-id", commitId)
                    .with("subdirectory", subdirectory)
                    .toMap();
        }
    }

    /** A folder, relative to the lock file. */
    record Directory(String path, boolean editable, @Nullable String subdirectory)
            implements LockedSource {
        @Override
        public String key() {
            return "directory";
        }

        @Override
        public Map<String, Object> toMap() {
            return new LockedTable()
                    .with("path", path)
                    .with("editable", editable ? true : null)
                    .with("subdirectory", subdirectory)
                    .toMap();
        }
    }

    /** A file that is no file of an index. */
    record Archive(
            @Nullable String url,
            @Nullable String path,
            @Nullable Long sizeBytes,
            @Nullable Instant uploadTime,
            Map<String, String> hashes,
            @Nullable String subdirectory)
            implements LockedSource {
        public Archive {
            hashes = Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
        }

        /** As a file of an index is locked. */
        public LockedFile file() {
            return new LockedFile(null, uploadTime, url, path, sizeBytes, hashes);
        }

        @Override
        public String key() {
            return "archive";
        }

        @Override
        public Map<String, Object> toMap() {
            return new LockedTable()
                    .with("url", url)
                    .with("path", path)
                    .with("size", sizeBytes)
                    .with(
                            "upload-time",
                            uploadTime == null ? null : uploadTime.atOffset(ZoneOffset.UTC))
                    .with("hashes", hashes)
                    .with("subdirectory", subdirectory)
                    .toMap();
        }
    }

    /** The one source that a package's table names; null where it names none. */
    static @Nullable LockedSource of(Table packageTable) {
        var sources = new ArrayList<LockedSource>();
        Table vcs = packageTable.optionalTable("vcs");
        if (vcs != null) {
            sources.add(repository(vcs));
        }
        Table directory = packageTable.optionalTable("directory");
        if (directory != null) {
            boolean editable = Boolean.TRUE.equals(directory.optionalBoolean("editable"));
            sources.add(
                    new Directory(
                            directory.text("path"),
                            editable,
                            directory.optionalText("subdirectory")));
        }
        Table archive = packageTable.optionalTable("archive");
        if (archive != null) {
            sources.add(archive(archive));
        }
        if (sources.size() > 1) {
            throw packageTable.error("more than one of vcs, directory and archive");
        }
        return sources.isEmpty() ? null : sources.getFirst();
    }

    private static Repository repository(Table vcs) {
        checkPlace(vcs);
        return new Repository(
                vcs.text("type"),
                vcs.optionalText("url"),
                vcs.optionalText("path"),
                vcs.optionalText("requested-revision"),
                vcs.text("commit-id"),
                vcs.optionalText("subdirectory"));
    }

    private static Archive archive(Table archive) {
        checkPlace(archive);
        Map<String, String> hashes = archive.textsByKey("hashes");
        if (hashes.isEmpty()) {
            throw archive.error("an archive has one hash at least in 'hashes'");
        }
        return new Archive(
                archive.optionalAddress("url"),
                archive.optionalText("path"),
                archive.optionalInteger("size"),
                archive.optionalInstant("upload-time"),
                hashes,
                archive.optionalText("subdirectory"));
    }

    private static void checkPlace(Table source) {
        if (!source.has("url") && !source.has("path")) {
            throw source.error("a source has a 'url' or a 'path'");
        }
    }
}
