package dev.blast.solver;

import dev.blast.index.DistributionFile;
import dev.blast.index.Formats;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.IndexLocation;
import dev.blast.index.IndexStatistics;
import dev.blast.index.ProjectPage;
import dev.blast.index.ProjectStatus;
import dev.blast.index.Transfer;
import dev.blast.index.WheelUse;
import dev.blast.index.Yanked;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Message;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.MetadataField;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SdistName;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Tag;
import dev.blast.packaging.Version;
import dev.blast.packaging.WheelName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An index in memory: releases are added one by one and can be changed until they are first read.
 */
public final class MemoryIndex implements Index {
    static final IndexLocation LOCATION =
            IndexLocation.simple(URI.create("https://index.example/simple/"));

    private final Map<PackageName, List<Release>> releases = new TreeMap<>();
    private final Map<PackageName, ProjectPage> pages = new HashMap<>();
    public final Set<String> read = new HashSet<>();
    public final Set<PackageName> asked = new HashSet<>();

    /** Files whose metadata cannot be had. */
    public final Map<String, IndexException.Kind> broken = new HashMap<>();

    /** What is said of those that are broken. */
    public Message said = new Message("broken");

    /** Whether what is begun ahead of time is there at once. */
    public boolean readsAhead;

    /** One version, a pure wheel unless said otherwise. */
    public static final class Release {
        private final PackageName name;
        private final Version version;
        private final List<Requirement> requires = new ArrayList<>();
        private final Set<ExtraName> extras = new LinkedHashSet<>();
        private final List<String> tags = new ArrayList<>(List.of("py3-none-any"));
        private boolean sdist;
        private @Nullable SpecifierSet requiresPython;
        private @Nullable Yanked yanked;
        private @Nullable String license;
        private @Nullable Instant uploaded;
        private OptionalLong bytes = OptionalLong.empty();

        private Release(PackageName name, Version version) {
            this.name = name;
            this.version = version;
        }

        public Release needs(String... requirements) {
            for (String requirement : requirements) {
                requires.add(Requirement.parse(requirement));
            }
            return this;
        }

        public Release extra(String extra, String... requirements) {
            extras.add(new ExtraName(extra));
            for (String requirement : requirements) {
                String[] parts = requirement.split(";", 2);
                requires.add(
                        Requirement.parse(
                                "%s ; %sextra == '%s'"
                                        .formatted(
                                                parts[0],
                                                parts.length == 1 ? "" : "(" + parts[1] + ") and ",
                                                extra)));
            }
            return this;
        }

        public Release python(String specifier) {
            requiresPython = SpecifierSet.parse(specifier);
            return this;
        }

        public Release license(String expression) {
            license = expression;
            return this;
        }

        public Release yanked() {
            yanked = new Yanked("");
            return this;
        }

        public Release wheels(String... tags) {
            this.tags.clear();
            this.tags.addAll(List.of(tags));
            return this;
        }

        public Release sdist() {
            sdist = true;
            return this;
        }

        public Release uploaded(String time) {
            uploaded = Instant.parse(time);
            return this;
        }

        public Release bytes(long size) {
            bytes = OptionalLong.of(size);
            return this;
        }

        private List<DistributionFile> files() {
            var files = new ArrayList<DistributionFile>();
            for (String tag : tags) {
                var wheel = new WheelName(name, version, null, Tag.parse(tag));
                String filename = "%s-%s-%s.whl".formatted(name.escaped(), version, tag);
                files.add(file(filename, DistributionFile.Kind.WHEEL, wheel));
            }
            if (sdist) {
                files.add(
                        file(
                                "%s-%s.tar.gz".formatted(name.escaped(), version),
                                DistributionFile.Kind.SDIST,
                                null));
            }
            return files;
        }

        private Metadata metadata() {
            return new Metadata(
                    name,
                    version,
                    requires,
                    requiresPython,
                    extras,
                    Set.of(),
                    license == null
                            ? Map.of()
                            : Map.of(MetadataField.LICENSE_EXPRESSION, List.of(license)),
                    List.of());
        }

        private DistributionFile file(
                String filename, DistributionFile.Kind kind, @Nullable WheelName wheel) {
            return new DistributionFile(
                    filename,
                    URI.create("https://files.example/" + filename.replace("+", "%2B")),
                    kind,
                    version,
                    wheel,
                    Map.of("sha256", "%064x".formatted(filename.hashCode() & 0xffffffffL)),
                    OptionalLong.of(bytes.orElse(1000 + filename.length())),
                    uploaded,
                    requiresPython,
                    yanked,
                    null);
        }
    }

    public Release release(String name, String version) {
        var release = new Release(new PackageName(name), Version.parse(version));
        releases.computeIfAbsent(release.name, _ -> new ArrayList<>()).add(release);
        return release;
    }

    Set<PackageName> names() {
        return releases.keySet();
    }

    @Override
    public ProjectPage page(PackageName name) {
        asked.add(name);
        return pages.computeIfAbsent(
                name,
                _ -> {
                    List<Release> list = releases.get(name);
                    return list == null
                            ? ProjectPage.missing(name)
                            : telling(
                                    ProjectPage.of(
                                            name,
                                            LOCATION,
                                            ProjectStatus.ACTIVE,
                                            list.stream()
                                                    .flatMap(release -> release.files().stream())
                                                    .toList()));
                });
    }

    /** The same, which tells what wheels are for, as pages from a server do. */
    private static ProjectPage telling(ProjectPage page) {
        Map<Version, List<WheelUse>> uses = new HashMap<>();
        for (Version version : page.versions()) {
            List<DistributionFile> files = page.files(version);
            if (files.stream().allMatch(file -> file.yanked() == null)) {
                uses.put(
                        version,
                        files.stream()
                                .filter(file -> file.wheel() != null)
                                .map(file ->
                                        new WheelUse(
                                                Objects.requireNonNull(file.wheel()).tags(),
                                                file.requiresPython()))
                                .toList());
            }
        }
        return new ProjectPage(page.name(), LOCATION, page.status(), new Telling(page, uses));
    }

    private record Telling(ProjectPage page, Map<Version, List<WheelUse>> uses)
            implements ProjectPage.Releases {
        @Override
        public List<Version> versions() {
            return page.versions();
        }

        @Override
        public List<DistributionFile> files(Version version) {
            return page.files(version);
        }

        @Override
        public @Nullable List<WheelUse> uses(Version version) {
            return uses.get(version);
        }
    }

    @Override
    public Metadata metadata(DistributionFile wheel) throws IndexException {
        read.add(wheel.filename());
        IndexException.Kind kind = broken.get(wheel.filename());
        if (kind != null) {
            throw new IndexException(kind, said, null);
        }
        return metadata(Objects.requireNonNull(wheel.wheel()).name(), wheel);
    }

    private Metadata metadata(PackageName name, DistributionFile file) throws IndexException {
        return releases.getOrDefault(name, List.of()).stream()
                .filter(release -> release.version.equals(file.version()))
                .findFirst()
                .map(Release::metadata)
                .orElseThrow(() ->
                        new IndexException(
                                IndexException.Kind.NOT_FOUND,
                                "no such file: " + file.filename(),
                                null));
    }

    /** How its sources are built, but for those that are broken. */
    public Sourcing building(Formats formats) {
        return new Sourcing(formats, this::built, Map.of());
    }

    private Metadata built(DistributionFile source) throws BuildException, IndexException {
        read.add(source.filename());
        if (broken.containsKey(source.filename())) {
            throw new BuildException(said);
        }
        return metadata(SdistName.parse(source.filename()).name(), source);
    }

    @Override
    public void prefetch(PackageName name, Consumer<ProjectPage> then) {
        if (readsAhead) {
            then.accept(page(name));
        }
    }

    @Override
    public void prefetch(DistributionFile wheel, Consumer<Metadata> then) {
        if (readsAhead && !broken.containsKey(wheel.filename())) {
            try {
                then.accept(metadata(wheel));
            } catch (IndexException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public Optional<String> metadataSha256(DistributionFile wheel) {
        return Optional.empty();
    }

    @Override
    public Path fetch(DistributionFile file, Path folder, Transfer transfer) {
        throw new UnsupportedOperationException("an index in memory holds no files");
    }

    @Override
    public IndexStatistics statistics() {
        return IndexStatistics.NONE;
    }
}
