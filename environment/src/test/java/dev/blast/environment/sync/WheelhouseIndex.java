package dev.blast.environment.sync;

import dev.blast.environment.install.WheelBuilder;
import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.IndexLocation;
import dev.blast.index.IndexStatistics;
import dev.blast.index.ProjectPage;
import dev.blast.index.ProjectStatus;
import dev.blast.index.Transfer;
import dev.blast.packaging.Message;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.WheelName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An index of real wheels that are built here, each from a few lines. For any thread once all are
 * added.
 */
public final class WheelhouseIndex implements Index {
    private final IndexLocation location =
            IndexLocation.simple(URI.create("https://index.example/simple/"));
    private final Map<PackageName, List<DistributionFile>> files = new TreeMap<>();
    private final Map<String, byte[]> wheels = new TreeMap<>();
    private final Map<String, Metadata> metadata = new TreeMap<>();
    private final Set<String> spoilt = new TreeSet<>();
    final AtomicInteger fetched = new AtomicInteger();

    /** The names whose page was asked for. */
    public final Set<PackageName> asked = ConcurrentHashMap.newKeySet();

    /**
     * A pure wheel.
     *
     * @param content files by path, besides those of the dist-info folder
     */
    WheelhouseIndex wheel(
            String name, String version, List<String> requires, Map<String, String> content) {
        var text =
                new StringBuilder(
                        "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n");
        requires.forEach(r -> text.append("Requires-Dist: ").append(r).append('\n'));
        var builder = new WheelBuilder(name.replace('-', '_'), version).metadata(text.toString());
        new TreeMap<>(content)
                .forEach((path, of) ->
                        builder.file(
                                path.equals("entry_points.txt")
                                        ? builder.distInfo() + "/" + path
                                        : path,
                                of));
        byte[] bytes = builder.bytes();
        String filename = name.replace('-', '_') + "-" + version + "-py3-none-any.whl";
        var wheel = WheelName.parse(filename);
        wheels.put(filename, bytes);
        metadata.put(filename, Metadata.read(text.toString()));
        files.computeIfAbsent(new PackageName(name), _ -> new ArrayList<>())
                .add(
                        new DistributionFile(
                                filename,
                                URI.create("https://files.example/" + filename),
                                DistributionFile.Kind.WHEEL,
                                wheel.version(),
                                wheel,
                                Map.of("sha256", HexFormat.of().formatHex(sha256(bytes))),
                                OptionalLong.of(bytes.length),
                                null,
                                null,
                                null,
                                null));
        return this;
    }

    /** From now on other bytes come than the index lists. */
    void spoil(String filename) {
        spoilt.add(filename);
    }

    /** Of the file as it is now. */
    String sha256(String filename) {
        return HexFormat.of().formatHex(sha256(Objects.requireNonNull(wheels.get(filename))));
    }

    /** The module {@code NAME}, which knows its version. */
    public WheelhouseIndex module(String name, String version, String... requires) {
        String folder = name.replace('-', '_');
        return wheel(
                name,
                version,
                List.of(requires),
                Map.of(
                        folder + "/__init__.py",
                        "VERSION = '" + version + "'\n",
                        folder + "/data.txt",
                        version));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public ProjectPage page(PackageName name) {
        asked.add(name);
        List<DistributionFile> found = files.get(name);
        return found == null
                ? ProjectPage.missing(name)
                : ProjectPage.of(name, location, ProjectStatus.ACTIVE, found);
    }

    @Override
    public Metadata metadata(DistributionFile wheel) {
        return Objects.requireNonNull(metadata.get(wheel.filename()), wheel.filename());
    }

    @Override
    public Optional<String> metadataSha256(DistributionFile wheel) {
        return Optional.empty();
    }

    @Override
    public Path fetch(DistributionFile file, Path folder, Transfer transfer) throws IndexException {
        fetched.incrementAndGet();
        if (spoilt.contains(file.filename())) {
            throw new IndexException(
                    IndexException.Kind.HASH,
                    Message.of(
                            "%s is not the file that the index lists\n  expected a\n  came     b",
                            file.filename()),
                    null);
        }
        try {
            return Files.write(folder.resolve(file.filename()), wheels.get(file.filename()));
        } catch (IOException e) {
            throw new IndexException(
                    IndexException.Kind.DISK, "cannot write " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public IndexStatistics statistics() {
        return IndexStatistics.NONE;
    }
}
