package dev.blast.packaging;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wheel or a source distribution of a lock file (PEP 751).
 *
 * @param name the file name; null where the end of the URL or path is it
 * @param path relative to the lock file; either this or a URL is there, or both
 * @param sizeBytes null where it is not known
 * @param hashes by algorithm in lower case, in hexadecimal digits; never empty
 */
public record LockedFile(
        @Nullable String name,
        @Nullable Instant uploadTime,
        @Nullable String url,
        @Nullable String path,
        @Nullable Long sizeBytes,
        Map<String, String> hashes) {

    public LockedFile {
        hashes = Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
        if (url == null && path == null) {
            throw new IllegalArgumentException(
                    "a file of a lock file has neither a URL nor a path");
        }
        if (hashes.isEmpty()) {
            throw new IllegalArgumentException("a file of a lock file has no hash");
        }
    }

    static @Nullable LockedFile of(@Nullable Table table) {
        return table == null ? null : read(table);
    }

    static LockedFile read(Table table) {
        Map<String, String> hashes = table.textsByKey("hashes");
        if (hashes.isEmpty()) {
            throw table.error("a file has one hash at least in 'hashes'");
        }
        String url = table.optionalAddress("url");
        String path = table.optionalText("path");
        if (url == null && path == null) {
            throw table.error("a file has a 'url' or a 'path'");
        }
        return new LockedFile(
                table.optionalText("name"),
                table.optionalInstant("upload-time"),
                url,
                path,
                table.optionalInteger("size"),
                hashes);
    }

    /** The file name, from the first of name, path and URL that is there. */
    public String filename() {
        if (name != null) {
            return name;
        }
        String place = path != null ? path.replace('\\', '/') : withoutQuery();
        String last = place.substring(place.lastIndexOf('/') + 1);
        return path != null
                ? last
                : URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private String withoutQuery() {
        String address = url == null ? "" : url;
        return address.split("[?#]", 2)[0];
    }

    Map<String, Object> toMap() {
        return new LockedTable()
                .with("name", name)
                .with(
                        "upload-time",
                        uploadTime == null ? null : uploadTime.atOffset(ZoneOffset.UTC))
                .with("url", url)
                .with("path", path)
                .with("size", sizeBytes)
                .with("hashes", hashes)
                .toMap();
    }
}
