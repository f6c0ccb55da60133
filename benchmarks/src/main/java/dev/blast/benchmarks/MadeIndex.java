package dev.blast.benchmarks;

import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.IndexLocation;
import dev.blast.index.IndexStatistics;
import dev.blast.index.IndexTally;
import dev.blast.index.ProjectPage;
import dev.blast.index.ProjectStatus;
import dev.blast.index.Transfer;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.packaging.WheelName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An index in memory, whose metadata are read already: what is left is the solver's own work. */
final class MadeIndex implements Index {
    private static final IndexLocation HERE =
            IndexLocation.simple(URI.create("https://index.example/simple/"));

    private final Map<PackageName, List<DistributionFile>> files = new HashMap<>();
    private final Map<PackageName, ProjectPage> pages = new HashMap<>();
    private final Map<String, Metadata> metadata = new HashMap<>();

    /**
     * A client whose releases each name a range of a core, month after month, and a wire that the
     * newer ones refuse: with {@code wire<1.25}, a search from the top has to go down through
     * hundreds of pairs, or to learn from the first.
     */
    static MadeIndex chain() {
        var index = new MadeIndex();
        for (int minor = 0; minor < 20; minor++) {
            for (int patch = 0; patch < 40; patch++) {
                String version = "1.%d.%d".formatted(minor, patch);
                String wire = minor < 2 ? "wire>=1.20,<1.26" : "wire>=1.25.4,<1.27";
                index.add(
                        "cloud",
                        version,
                        "cloud-core>=%s,<1.%d.0".formatted(version, minor + 1),
                        "cloud-transfer>=0.%d,<0.%d".formatted(minor / 4, minor / 4 + 1));
                index.add("cloud-core", version, "dates>=2.1,<3", wire);
            }
        }
        for (int minor = 0; minor < 5; minor++) {
            for (int patch = 0; patch < 6; patch++) {
                index.add(
                        "cloud-transfer",
                        "0.%d.%d".formatted(minor, patch),
                        "cloud-core>=1.%d.%d,<2".formatted(minor * 4, patch));
            }
        }
        for (String wire : List.of("1.20", "1.22", "1.24.3", "1.25.2", "1.25.4", "1.26.2")) {
            index.add("wire", wire);
        }
        for (String dates : List.of("2.1", "2.8.2", "2.9.0")) {
            index.add("dates", dates);
        }
        return index;
    }

    /** 200 packages of 40 versions; each needs three of those below it, and all fit together. */
    static MadeIndex tree() {
        var index = new MadeIndex();
        for (int number = 0; number < 200; number++) {
            for (int minor = 0; minor < 40; minor++) {
                var needs = new ArrayList<String>();
                for (int below = number * 3 + 1; below <= number * 3 + 3 && below < 200; below++) {
                    needs.add("p%d>=1.%d,<2".formatted(below, minor / 2));
                }
                index.add("p" + number, "1." + minor, needs.toArray(String[]::new));
            }
        }
        return index;
    }

    private void add(String name, String version, String... needs) {
        var filename = "%s-%s-py3-none-any.whl".formatted(name.replace('-', '_'), version);
        var text =
                new StringBuilder(
                        "Metadata-Version: 2.1\nName: %s\nVersion: %s\n".formatted(name, version));
        for (String need : needs) {
            text.append("Requires-Dist: ").append(need).append('\n');
        }
        metadata.put(filename, Metadata.read(text.toString()));
        files.computeIfAbsent(new PackageName(name), _ -> new ArrayList<>())
                .add(
                        new DistributionFile(
                                filename,
                                URI.create("https://index.example/" + filename),
                                DistributionFile.Kind.WHEEL,
                                Version.parse(version),
                                WheelName.parse(filename),
                                Map.of(),
                                OptionalLong.empty(),
                                Instant.EPOCH,
                                null,
                                null,
                                null));
    }

    @Override
    public ProjectPage page(PackageName name) {
        return pages.computeIfAbsent(
                name,
                _ ->
                        ProjectPage.of(
                                name,
                                HERE,
                                ProjectStatus.ACTIVE,
                                files.getOrDefault(name, List.of())));
    }

    @Override
    public Metadata metadata(DistributionFile wheel) throws IndexException {
        Metadata known = metadata.get(wheel.filename());
        if (known == null) {
            throw new IndexException(
                    IndexException.Kind.NOT_FOUND, "no such wheel: " + wheel.filename());
        }
        return known;
    }

    @Override
    public Optional<String> metadataSha256(DistributionFile wheel) {
        return Optional.empty();
    }

    @Override
    public Path fetch(DistributionFile file, Path folder, Transfer transfer) {
        throw new UnsupportedOperationException("nothing is installed");
    }

    @Override
    public IndexStatistics statistics() {
        return new IndexTally().statistics(0, 0);
    }
}
