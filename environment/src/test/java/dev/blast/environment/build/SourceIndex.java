package dev.blast.environment.build;

import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.IndexLocation;
import dev.blast.index.IndexStatistics;
import dev.blast.index.ProjectPage;
import dev.blast.index.ProjectStatus;
import dev.blast.index.Transfer;
import dev.blast.packaging.Hashes;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.SdistName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** An index of sources alone. */
final class SourceIndex implements Index {
    private final Map<PackageName, List<DistributionFile>> files = new TreeMap<>();
    private final Map<String, byte[]> contents = new TreeMap<>();
    int fetched;

    DistributionFile add(SourcePackage source) {
        byte[] bytes = source.bytes();
        SdistName name = SdistName.parse(source.filename());
        var file =
                new DistributionFile(
                        source.filename(),
                        URI.create("https://files.example/" + source.filename()),
                        DistributionFile.Kind.SDIST,
                        name.version(),
                        null,
                        Map.of(
                                "sha256",
                                HexFormat.of().formatHex(Hashes.digest("sha256").digest(bytes))),
                        OptionalLong.of(bytes.length),
                        null,
                        null,
                        null,
                        null);
        contents.put(source.filename(), bytes);
        files.computeIfAbsent(name.name(), _ -> new ArrayList<>()).add(file);
        return file;
    }

    @Override
    public ProjectPage page(PackageName name) {
        List<DistributionFile> found = files.get(name);
        return found == null
                ? ProjectPage.missing(name)
                : ProjectPage.of(
                        name,
                        IndexLocation.simple(URI.create("https://index.example/simple/")),
                        ProjectStatus.ACTIVE,
                        found);
    }

    @Override
    public Metadata metadata(DistributionFile wheel) {
        throw new IllegalArgumentException(wheel.filename());
    }

    @Override
    public Optional<String> metadataSha256(DistributionFile wheel) {
        return Optional.empty();
    }

    @Override
    public Path fetch(DistributionFile file, Path folder, Transfer transfer) throws IndexException {
        fetched++;
        try {
            return Files.write(
                    folder.resolve(file.filename()),
                    Objects.requireNonNull(contents.get(file.filename())));
        } catch (IOException e) {
            throw new IndexException(IndexException.Kind.DISK, "cannot write " + folder, e);
        }
    }

    @Override
    public IndexStatistics statistics() {
        return IndexStatistics.NONE;
    }
}
