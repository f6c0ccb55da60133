package dev.blast.environment.install;

import java.nio.file.Path;

/**
 * One file of a wheel, as the store holds it.
 *
 * @param path in the wheel, '/' between parts
 * @param place where it lies
 * @param hash as RECORD has it: "sha256=…"
 * @param sizeBytes its length
 * @param executable whether the archive marked it so
 */
public record StoredFile(
        String path, Path place, String hash, long sizeBytes, boolean executable) {}
