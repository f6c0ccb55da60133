package dev.blast.environment.sync;

import dev.blast.environment.Cause;
import dev.blast.environment.project.RequiredHashes;
import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.IndexStatistics;
import dev.blast.index.ProjectPage;
import dev.blast.index.Transfer;
import dev.blast.packaging.Hashes;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An index that has only files with one of the hashes that a requirements file gives. A file whose
 * index gives no hash of that kind is measured when it has been fetched. For any thread, as the
 * index in it.
 */
final class HashedIndex implements Index {
    private final Index index;
    private final RequiredHashes required;

    private HashedIndex(Index index, RequiredHashes required) {
        this.index = index;
        this.required = required;
    }

    static Index of(Index index, Optional<RequiredHashes> required) {
        return required.isEmpty() ? index : new HashedIndex(index, required.get());
    }

    @Override
    public ProjectPage page(PackageName name) throws IndexException {
        ProjectPage page = index.page(name);
        if (page.isMissing() || !required.byName().containsKey(name)) {
            return page;
        }
        List<DistributionFile> admitted =
                page.files().stream()
                        .filter(file -> required.admits(name, file))
                        .map(file -> file.sha256() == null ? file : known(name, file))
                        .toList();
        if (admitted.isEmpty()) {
            throw new IndexException(
                    IndexException.Kind.HASH,
                    "%s gives hashes for %s, and no file of it at %s has one of them"
                            .formatted(required.origin(), name, page.from()),
                    null);
        }
        return ProjectPage.of(name, Objects.requireNonNull(page.from()), page.status(), admitted);
    }

    /**
     * A SHA-256 that nobody required lets the store answer without a look at the bytes: it is left
     * out where other kinds are required.
     */
    private DistributionFile known(PackageName name, DistributionFile file) {
        Set<String> allowed = Objects.requireNonNull(required.byName().get(name));
        return allowed.contains("sha256:" + file.sha256())
                ? file
                : new DistributionFile(
                        file.filename(),
                        file.uri(),
                        file.kind(),
                        file.version(),
                        file.wheel(),
                        Map.of(),
                        file.sizeBytes(),
                        file.uploadTime(),
                        file.requiresPython(),
                        file.yanked(),
                        file.metadataFile());
    }

    @Override
    public Path fetch(DistributionFile file, Path folder, Transfer transfer) throws IndexException {
        Path fetched = index.fetch(file, folder, transfer);
        Set<String> allowed =
                file.wheel() == null ? null : required.byName().get(file.wheel().name());
        if (allowed != null && !hasOneOf(allowed, fetched)) {
            throw new IndexException(
                    IndexException.Kind.HASH,
                    "%s: %s has none of the hashes that are given for it"
                            .formatted(required.origin(), file.filename()),
                    null);
        }
        return fetched;
    }

    private static boolean hasOneOf(Set<String> allowed, Path file) throws IndexException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            for (String algorithm : RequiredHashes.ALGORITHMS) {
                if (allowed.contains(algorithm + ":" + Hashes.hex(algorithm, bytes))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new IndexException(
                    IndexException.Kind.DISK,
                    "cannot read %s: %s".formatted(file, Cause.of(e, file)),
                    e);
        }
    }

    @Override
    public Metadata metadata(DistributionFile wheel) throws IndexException {
        return index.metadata(wheel);
    }

    @Override
    public Optional<String> metadataSha256(DistributionFile wheel) throws IndexException {
        return index.metadataSha256(wheel);
    }

    @Override
    public void prefetch(PackageName name, Consumer<ProjectPage> then) {
        index.prefetch(name, then);
    }

    @Override
    public void prefetch(DistributionFile wheel, Consumer<Metadata> then) {
        index.prefetch(wheel, then);
    }

    @Override
    public IndexStatistics statistics() {
        return index.statistics();
    }
}
