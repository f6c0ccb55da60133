package dev.blast.rules.fact;

import dev.blast.packaging.Host;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One distribution file that is about to be installed.
 *
 * @param index the host it came from; null for a local file
 * @param nativeCode true where it holds compiled code
 * @param hashPinned true where the lock or a requirement named its hash beforehand
 * @param overwrites names of the distributions whose files it brings too, with other content, or
 *     into whose packages it brings files
 */
public record Artifact(
        PackageName name,
        Version version,
        ArtifactKind kind,
        @Nullable String index,
        long sizeBytes,
        boolean nativeCode,
        boolean hashPinned,
        List<String> overwrites)
        implements Judged {

    public Artifact {
        index = index == null ? null : Host.of(index).text();
        overwrites = List.copyOf(overwrites);
    }
}
