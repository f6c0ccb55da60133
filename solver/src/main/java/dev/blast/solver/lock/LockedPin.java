package dev.blast.solver.lock;

import dev.blast.index.DistributionFile;
import dev.blast.index.Formats;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.LockedFile;
import dev.blast.packaging.LockedPackage;
import dev.blast.packaging.LockedSource;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SdistName;
import dev.blast.packaging.TagSet;
import dev.blast.packaging.Version;
import dev.blast.packaging.WheelName;
import dev.blast.solver.Pin;
import dev.blast.solver.Target;
import dev.blast.solver.search.FileChoice;
import dev.blast.solver.search.Fitness;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One package of a lock as a pin, and back: with what Blast notes beside it, which other programs
 * pass over. Pure.
 */
final class LockedPin {
    private static final String LIFTED = "lifted";
    private static final String REQUIRES = "requires";
    private static final String WHEEL = ".whl";

    private LockedPin() {}

    static boolean isLifted(LockedPackage locked) {
        return locked.tool().get("blast") instanceof Map<?, ?> table && table.containsKey(LIFTED);
    }

    /** What a package is needed for drawing, as PEP 751 has it. */
    static List<Map<String, Object>> references(Collection<Requirement> needs) {
        return needs.stream()
                .map(Requirement::name)
                .distinct()
                .sorted()
                .map(name -> Map.<String, Object>of("name", name.toString()))
                .toList();
    }

    private static List<String> texts(Collection<Requirement> needs) {
        return needs.stream().map(Requirement::toString).sorted().toList();
    }

    /** What is noted beside a package, but for what it requires. */
    static Map<String, Object> withoutNeeds(Map<String, Object> tool) {
        return withNeeds(tool, Set.of());
    }

    /** The same, with these as what it requires. */
    static Map<String, Object> withNeeds(Map<String, Object> tool, Collection<Requirement> needs) {
        var noted = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) Objects.requireNonNull(tool.get("blast")))
                .forEach((key, value) -> noted.put((String) key, value));
        noted.replace(REQUIRES, texts(needs));
        return Map.of("blast", noted);
    }

    /** The pin of a package; null where it has no file for the target. */
    static @Nullable Pin read(LockedPackage locked, Target target, Formats formats, Path folder)
            throws LockException {
        Version version = version(locked);
        if (version == null) {
            return null;
        }
        var files = new ArrayList<DistributionFile>();
        for (LockedFile wheel : locked.wheels()) {
            files.add(file(locked, version, wheel, folder));
        }
        if (locked.sdist() != null) {
            files.add(file(locked, version, locked.sdist(), folder));
        }
        DistributionFile direct = direct(locked, version, folder);
        if (direct != null) {
            files.add(direct);
        }
        Formats.Format format =
                locked.direct() == null ? formats.of(locked.name()) : Formats.Format.ANY;
        if (!(FileChoice.among(files, target, format)
                instanceof Fitness.Fit(DistributionFile chosen))) {
            return null;
        }
        Noted noted = Noted.of(locked);
        List<Requirement> holding =
                noted.requires().stream()
                        .filter(it ->
                                it.appliesTo(target.markers(), Set.of())
                                        || it.appliesTo(target.markers(), noted.extras()))
                        .toList();
        return new Pin(
                locked.name(),
                version,
                chosen,
                files,
                noted.extras(),
                holding,
                noted.license(),
                noted.direct());
    }

    /** As it is said, else as the name of an archive says it. */
    private static @Nullable Version version(LockedPackage locked) {
        if (locked.version() != null
                || !(locked.direct() instanceof LockedSource.Archive archive)) {
            return locked.version();
        }
        String filename = archive.file().filename();
        try {
            return filename.endsWith(WHEEL)
                    ? WheelName.parse(filename).version()
                    : SdistName.parse(filename).version();
        } catch (InvalidSyntaxException _) {
            return null; // what a build makes of it, nobody knows
        }
    }

    /** What a package is locked as that comes from no index; null where it does. */
    static @Nullable DistributionFile direct(LockedPackage locked, Version version, Path folder)
            throws LockException {
        return locked.direct() instanceof LockedSource.Archive archive
                ? file(locked, version, archive.file(), folder)
                : LockedSources.file(locked, version, folder);
    }

    private static DistributionFile file(
            LockedPackage locked, Version version, LockedFile file, Path folder)
            throws LockException {
        WheelName wheel = file.filename().endsWith(WHEEL) ? WheelName.parse(file.filename()) : null;
        return new DistributionFile(
                file.filename(),
                place(locked, file, folder),
                wheel == null ? DistributionFile.Kind.SDIST : DistributionFile.Kind.WHEEL,
                version,
                wheel,
                file.hashes(),
                file.sizeBytes() == null ? OptionalLong.empty() : OptionalLong.of(file.sizeBytes()),
                file.uploadTime(),
                locked.requiresPython(),
                null,
                null);
    }

    /** Where a file is; of two places, the address. */
    private static URI place(LockedPackage locked, LockedFile file, Path folder)
            throws LockException {
        if (file.url() != null) {
            return URI.create(Redaction.strip(file.url()));
        }
        String path = Objects.requireNonNull(file.path()).replace('\\', '/');
        try {
            return folder.resolve(path).normalize().toUri();
        } catch (InvalidPathException e) {
            throw new LockException(
                    "%s is locked by a path that is none: %s"
                            .formatted(locked.name(), e.getMessage()));
        }
    }

    /** What Blast notes beside a package. */
    private record Noted(
            boolean direct,
            Set<ExtraName> extras,
            List<Requirement> requires,
            @Nullable String license) {
        static Noted of(LockedPackage locked) throws LockException {
            Map<?, ?> table = locked.tool().get("blast") instanceof Map<?, ?> map ? map : Map.of();
            try {
                return new Noted(
                        Boolean.TRUE.equals(table.get("direct")),
                        Set.copyOf(
                                texts(table.get("extras")).stream().map(ExtraName::new).toList()),
                        texts(table.get(REQUIRES)).stream().map(Requirement::parse).toList(),
                        (String) table.get("license"));
            } catch (InvalidSyntaxException | ClassCastException e) {
                throw new LockException(
                        "tool.blast of %s cannot be read: %s"
                                .formatted(locked.name(), e.getMessage()));
            }
        }

        private static List<String> texts(@Nullable Object value) {
            return value == null
                    ? List.of()
                    : ((List<?>) value).stream().map(String.class::cast).toList();
        }
    }

    /**
     * The other way.
     *
     * @param kept the wheels that are kept, the best first
     * @param folder where the lock is, absolute
     */
    record Writing(TagSet kept, Path folder) {
        /**
         * The package that a pin is locked as, without a marker.
         *
         * @param addressed whether the request names its address
         * @param index where alone it is asked for; null where that is not said
         * @param lifted the rules that hold it back, and were lifted
         */
        LockedPackage locked(
                Pin pin, boolean addressed, @Nullable String index, List<String> lifted)
                throws LockException {
            DistributionFile chosen = pin.file();
            var noted = new LinkedHashMap<String, Object>();
            noted.put("direct", pin.direct());
            noted.put("extras", pin.extras().stream().map(ExtraName::toString).toList());
            noted.put(REQUIRES, texts(pin.dependencies()));
            if (pin.license() != null) {
                noted.put("license", pin.license());
            }
            if (!lifted.isEmpty()) {
                noted.put(LIFTED, lifted);
            }
            var wheels = new ArrayList<LockedFile>();
            for (DistributionFile file : installable(pin)) {
                wheels.add(file(pin, file));
            }
            return new LockedPackage(
                    pin.name(),
                    pin.version(),
                    null,
                    chosen.requiresPython(),
                    references(pin.dependencies()),
                    addressed ? direct(pin) : null,
                    index,
                    addressed ? null : source(pin),
                    addressed ? List.of() : wheels,
                    List.of(),
                    Map.of("blast", noted));
        }

        /** What others build where no wheel fits; only one that its index has a hash of. */
        private @Nullable LockedFile source(Pin pin) throws LockException {
            DistributionFile chosen = pin.file();
            if (chosen.kind().isSource()) {
                return file(pin, chosen);
            }
            DistributionFile source =
                    pin.files().stream()
                            .filter(file -> file.kind() == DistributionFile.Kind.SDIST)
                            .filter(file -> !file.hashes().isEmpty())
                            .min(Comparator.comparing(DistributionFile::filename))
                            .orElse(null);
            return source == null ? null : file(pin, source);
        }

        /** The wheels that are kept, the chosen one first. */
        private List<DistributionFile> installable(Pin pin) {
            return pin.files().stream()
                    .filter(file -> file.wheel() != null && rank(file).isPresent())
                    .sorted(
                            Comparator.comparing((DistributionFile file) ->
                                            !file.filename().equals(pin.file().filename()))
                                    .thenComparingInt(file -> rank(file).getAsInt())
                                    .thenComparing(DistributionFile::filename))
                    .toList();
        }

        private OptionalInt rank(DistributionFile file) {
            return kept.bestRank(Objects.requireNonNull(file.wheel()).tags());
        }

        private LockedFile file(Pin pin, DistributionFile file) throws LockException {
            return new LockedFile(
                    file.filename(),
                    file.uploadTime(),
                    url(file),
                    path(file),
                    file.sizeBytes().isPresent() ? file.sizeBytes().getAsLong() : null,
                    hashes(pin, file));
        }

        private LockedSource direct(Pin pin) throws LockException {
            LockedSource source = LockedSources.of(pin.file(), folder);
            return source == null ? archive(pin) : source;
        }

        private LockedSource archive(Pin pin) throws LockException {
            DistributionFile file = pin.file();
            return new LockedSource.Archive(
                    url(file), path(file), null, null, hashes(pin, file), null);
        }

        private @Nullable String url(DistributionFile file) {
            return path(file) == null ? file.uri().toString() : null;
        }

        /** Of a file of this machine, from the folder of the lock; null where it is no such. */
        private @Nullable String path(DistributionFile file) {
            return "file".equals(file.uri().getScheme())
                    ? folder.relativize(Path.of(file.uri())).toString()
                    : null;
        }

        private Map<String, String> hashes(Pin pin, DistributionFile file) throws LockException {
            if (file.hashes().isEmpty()) {
                throw new LockException(
                        "%s cannot be locked: nothing gives a hash for %s"
                                .formatted(pin, file.uri()));
            }
            return new TreeMap<>(file.hashes());
        }
    }
}
