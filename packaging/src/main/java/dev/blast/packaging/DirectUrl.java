package dev.blast.packaging;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a distribution came from when it did not come from an index ({@code direct_url.json}, PEP
 * 610). As a map, it is what the JSON says.
 *
 * @param subdirectory the project's folder inside what the URL names; null for the root
 */
public record DirectUrl(String url, Origin origin, @Nullable String subdirectory) {

    /** What the URL names. */
    public sealed interface Origin {
        /** A file; hashes by algorithm, in hexadecimal digits. */
        record Archive(Map<String, String> hashes) implements Origin {
            public Archive {
                hashes = Map.copyOf(hashes);
            }
        }

        /** A commit of a repository. */
        record Repository(String vcs, String commitId, @Nullable String requestedRevision)
                implements Origin {}

        /** A folder of this machine. */
        record Directory(boolean editable) implements Origin {}
    }

    public DirectUrl {
        url = Redaction.strip(url);
    }

    /**
     * From a parsed {@code direct_url.json}.
     *
     * @throws InvalidDocumentException if it breaks the standard
     */
    public static DirectUrl of(Map<String, ?> json) {
        Table table = Table.root(json, Locator.NONE);
        return new DirectUrl(table.text("url"), origin(table), table.optionalText("subdirectory"));
    }

    private static Origin origin(Table table) {
        Table archive = table.optionalTable("archive_info");
        Table repository = table.optionalTable("vcs_info");
        Table directory = table.optionalTable("dir_info");
        if (archive != null && repository == null && directory == null) {
            return new Origin.Archive(hashes(archive));
        }
        if (repository != null && archive == null && directory == null) {
            return new Origin.Repository(
                    repository.text("vcs"),
                    repository.text("commit_id"),
                    repository.optionalText("requested_revision"));
        }
        if (directory != null && archive == null && repository == null) {
            return new Origin.Directory(Boolean.TRUE.equals(directory.optionalBoolean("editable")));
        }
        throw table.error(
                "one of archive_info, vcs_info and dir_info has to be there, and no other");
    }

    private static Map<String, String> hashes(Table archive) {
        Map<String, String> hashes = archive.textsByKey("hashes");
        String legacy = archive.optionalText("hash");
        if (legacy == null) {
            return hashes;
        }
        int equals = legacy.indexOf('=');
        if (equals <= 0) {
            throw archive.error("expected algorithm=digest", "hash");
        }
        String digest = legacy.substring(equals + 1);
        String same = hashes.putIfAbsent(legacy.substring(0, equals), digest);
        if (same != null && !same.equals(digest)) {
            throw archive.error("differs from the hash of the same algorithm in 'hashes'", "hash");
        }
        return hashes;
    }

    /** The document to write as {@code direct_url.json}. */
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("url", url);
        var details = new LinkedHashMap<String, Object>();
        switch (origin) {
            case Origin.Archive(Map<String, String> hashes) -> {
                if (!hashes.isEmpty()) {
                    details.put("hashes", hashes);
                }
                map.put("archive_info", details);
            }
            case Origin.Repository(String vcs, String commitId, String requestedRevision) -> {
                details.put("vcs", vcs);
                if (requestedRevision != null) {
                    details.put("requested_revision", requestedRevision);
                }
                details.put("commit_id", commitId);
                map.put("vcs_info", details);
            }
            case Origin.Directory(boolean editable) -> {
                if (editable) {
                    details.put("editable", true);
                }
                map.put("dir_info", details);
            }
        }
        if (subdirectory != null) {
            map.put("subdirectory", subdirectory);
        }
        return map;
    }
}
