package dev.blast.index;

import dev.blast.packaging.FileName;
import dev.blast.packaging.Hashes;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.packaging.WheelName;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One file of a project, as an index lists it (PEP 503, 691, 700), or what an address that a person
 * wrote leads to: a file as well, or a source tree.
 *
 * @param filename a bare name, never with a separator; of a source tree its name and version
 * @param uri absolute, without user and fragment; of a commit {@code git+URL@COMMIT}, with {@code
 *     #subdirectory=PATH} where the tree is a part of it, and {@code requested=REVISION} where a
 *     branch or a tag was asked for
 * @param wheel the parts of the name, for wheels
 * @param hashes lower-case hex by algorithm name as in Python's hashlib, such as {@code sha256}
 * @param requiresPython null where not given or not readable
 * @param yanked null where the file stands
 * @param metadataFile null where the index does not announce {@code <uri>.metadata} (PEP 658)
 */
public record DistributionFile(
        String filename,
        URI uri,
        Kind kind,
        Version version,
        @Nullable WheelName wheel,
        Map<String, String> hashes,
        OptionalLong sizeBytes,
        @Nullable Instant uploadTime,
        @Nullable SpecifierSet requiresPython,
        @Nullable Yanked yanked,
        @Nullable MetadataFile metadataFile) {

    /** Built, or one of the kinds of source that a wheel is built of. */
    public enum Kind {
        WHEEL,
        /** An archive of a source tree. */
        SDIST,
        /** A source tree in a folder of this machine. */
        FOLDER,
        /** The same, which stays where it is and is read from there (PEP 660). */
        EDITABLE,
        /** A commit of a repository. */
        CHECKOUT;

        /** Whether a wheel has to be built of it. */
        public boolean isSource() {
            return this != WHEEL;
        }
    }

    /**
     * The announcement of a metadata file beside the wheel.
     *
     * @param hashes of that file, as above; empty where the index gave none
     */
    public record MetadataFile(Map<String, String> hashes) {
        public MetadataFile {
            hashes = Map.copyOf(hashes);
        }
    }

    public DistributionFile {
        if (!FileName.isBare(filename)) {
            throw new IllegalArgumentException("a path, not the name of a file: " + filename);
        }
        if ((kind == Kind.WHEEL) != (wheel != null)) {
            throw new IllegalArgumentException(
                    "a wheel has a wheel name, a source has none: " + filename);
        }
        hashes = Map.copyOf(hashes);
    }

    /** Whether it comes from the web, and nothing tells it from another file of that name. */
    public boolean isUnproven() {
        return kind != Kind.CHECKOUT && !"file".equals(uri.getScheme()) && !Hashes.isStrong(hashes);
    }

    /** When the first of some files was uploaded; null where the index says it of none. */
    public static @Nullable Instant firstUpload(List<DistributionFile> files) {
        Instant first = null;
        for (DistributionFile file : files) {
            Instant time = file.uploadTime();
            if (time != null && (first == null || time.isBefore(first))) {
                first = time;
            }
        }
        return first;
    }

    /** The SHA-256 in lower-case hex, null where the index gave none. */
    public @Nullable String sha256() {
        return hashes.get("sha256");
    }
}
