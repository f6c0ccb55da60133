package dev.blast.environment.sync;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import org.jspecify.annotations.Nullable;

/**
 * A version that somebody asks about.
 *
 * @param version null for the newest that is not a pre-release
 */
public record VersionAsked(PackageName name, @Nullable Version version) {}
