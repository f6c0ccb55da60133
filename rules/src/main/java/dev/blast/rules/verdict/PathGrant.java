package dev.blast.rules.verdict;

import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What one rule says about one path.
 *
 * @param path absolute and normalized; it need not exist
 * @param sizeBytes the size of a temporary folder
 */
public record PathGrant(Path path, Access access, OptionalLong sizeBytes, Reason reason) {}
