package dev.blast.environment.install;

/**
 * One file of a wheel, as the store holds it.
 *
 * @param path in the wheel, '/' between parts
 * @param hash as RECORD has it: "sha256=…"
 * @param sizeBytes its length
 * @param modifiedNanos its modification time when it was stored, in nanoseconds since 1970: a later
 *     one means it was written to
 * @param executable whether the archive marked it so
 */
public record StoredFile(
        String path, String hash, long sizeBytes, long modifiedNanos, boolean executable) {}
