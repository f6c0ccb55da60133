package dev.blast.rules;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What one rule says about one path.
 *
 * @param path absolute and normalized; it need not exist
 * @param sizeBytes the size of a temporary folder
 */
public record PathGrant(Path path, Access access, OptionalLong sizeBytes, Reason reason) {}
