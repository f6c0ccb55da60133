package dev.blast.environment.install;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One file that a distribution brings into an environment.
 *
 * @param target where it goes: relative to the environment's root, '/' between parts, already
 *     checked to stay inside
 * @param source what it holds
 * @param executable whether it may be run
 * @param hash the hash as RECORD has it ("sha256=…", URL-safe base64 without padding); null only
 *     for RECORD itself
 * @param sizeBytes its length
 */
public record InstallEntry(
        String target,
        FileSource source,
        boolean executable,
        @Nullable String hash,
        long sizeBytes) {

    /** The hash as RECORD has it; empty only for RECORD itself, which cannot hold its own. */
    public Optional<String> recordHash() {
        return Optional.ofNullable(hash);
    }
}
