package dev.blast.rules.fact;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import org.jspecify.annotations.Nullable;

/**
 * One distribution file that is about to be installed.
 *
 * @param index the host it came from; null for a local file
 * @param nativeCode true where it holds compiled code
 * @param hashPinned true where the lock or a requirement named its hash beforehand
 */
public record Artifact(
        PackageName name,
        Version version,
        ArtifactKind kind,
        @Nullable String index,
        long sizeBytes,
        boolean nativeCode,
        boolean hashPinned) {}
