package dev.blast.packaging;

import org.jspecify.annotations.Nullable;

/**
 * One line of {@code RECORD}: an installed file.
 *
 * @param path relative to the folder that holds {@code .dist-info}, with slashes; or absolute
 * @param hash algorithm and digest in base64 for URLs without padding, such as {@code sha256=…};
 *     null for RECORD itself and for files made while installing
 * @param size in bytes; null as for the hash
 */
public record RecordEntry(String path, @Nullable String hash, @Nullable Long size) {
    public RecordEntry {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a file in RECORD has no path");
        }
    }
}
