package dev.blast.solver.lock;

import dev.blast.index.DistributionFile;
import dev.blast.index.Formats;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidDocumentException;
import dev.blast.packaging.LockedPackage;
import dev.blast.packaging.LockedSource;
import dev.blast.packaging.Marker;
import dev.blast.packaging.MarkerSet;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Pylock;
import dev.blast.packaging.Version;
import dev.blast.solver.Note;
import dev.blast.solver.Pin;
import dev.blast.solver.Preferences;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Target;
import dev.blast.toml.TomlDocument;
import dev.blast.toml.TomlException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A lock file ({@code pylock.toml}, PEP 751): what was chosen, with files and hashes. Immutable.
 * The same resolution always gives the same text. Under {@code packages.tool.blast} it also keeps
 * what each version requires, so that Blast can resolve from the lock file without an index; one
 * that another program wrote says which versions and files are preferred, and no more.
 */
public final class LockFile {
    /** As whom Blast signs its lock files. */
    public static final String CREATED_BY = "blast";

    private static final String UNIVERSAL = "universal";

    private final Pylock pylock;
    private final Path folder;

    private LockFile(Pylock pylock, Path folder) {
        this.pylock = pylock;
        this.folder = folder;
    }

    /** The same where no name is bound to an index, and nothing is there for an extra alone. */
    public static LockFile of(Resolution resolution, Target target, Path folder)
            throws LockException {
        return of(resolution, target, folder, LockScope.PLAIN, Map.of(), Map.of());
    }

    /**
     * The lock of a resolution, for interpreters of the same minor version on the same platform. Of
     * each version, the wheels are kept that the target can install.
     *
     * @param folder where the lock file is: files of this machine are named from there
     * @param scope the extras and groups that the resolution is for
     * @param bound the index of a name that is asked for in one place alone
     * @param asked what else the choice followed from, for {@code tool.blast}
     * @throws LockException if a file has no hash
     */
    public static LockFile of(
            Resolution resolution,
            Target target,
            Path folder,
            LockScope scope,
            Map<PackageName, String> bound,
            Map<String, Object> asked)
            throws LockException {
        var answer = new LockAnswer(LockPlace.of(target), scope, resolution, bound);
        return of(List.of(answer), folder, asked);
    }

    /**
     * The lock of several places, each with a resolution of the same request.
     *
     * @throws LockException if a file has no hash
     */
    public static LockFile of(List<LockAnswer> answers, Path folder, Map<String, Object> asked)
            throws LockException {
        var noted = new TreeMap<>(asked);
        if (answers.size() > 1) {
            noted.put(UNIVERSAL, true);
        }
        MarkerSet everywhere =
                answers.stream()
                        .map(it -> it.place().where())
                        .reduce(MarkerSet.End.NONE, MarkerSet::or);
        var joined = new JoinedPackages(everywhere);
        for (LockAnswer answer : answers) {
            addTo(joined, answer, folder);
        }
        LockScope scope = answers.getFirst().scope();
        ExtraName synthetic = scope.synthetic();
        var covered = new LockCoverage(answers.stream().map(LockAnswer::place).toList());
        return new LockFile(
                new Pylock(
                        Pylock.CURRENT,
                        covered.environments(),
                        covered.requiresPython(),
                        List.copyOf(scope.extras().keySet()),
                        List.copyOf(scope.groups().keySet()),
                        synthetic == null ? List.of() : List.of(synthetic),
                        CREATED_BY,
                        joined.packages(),
                        noted.isEmpty() ? Map.of() : Map.of("blast", noted)),
                folder);
    }

    private static void addTo(JoinedPackages joined, LockAnswer answer, Path folder)
            throws LockException {
        Resolution resolution = answer.resolution();
        Map<PackageName, Marker> conditions =
                answer.scope().markers(resolution.pins(), answer.place().target().markers());
        var writing = new LockedPin.Writing(answer.place().wheels(), folder);
        for (Pin pin : resolution.pins()) {
            boolean addressed = isAddressed(pin, resolution);
            String index = addressed ? null : answer.bound().get(pin.name());
            joined.add(
                    new JoinedPackages.Member(
                            answer.place(),
                            pin,
                            writing.locked(pin, addressed, index, lifted(pin, resolution)),
                            conditions.get(pin.name())));
        }
    }

    /**
     * Reads a file's text.
     *
     * @param name how the file is called in errors
     * @param folder where it is: what it names by a path is found from there
     * @throws LockException if it is no TOML, or not what PEP 751 wants; with the line
     */
    public static LockFile read(String text, String name, Path folder) throws LockException {
        TomlDocument document;
        try {
            document = TomlDocument.parse(name, text);
        } catch (TomlException e) {
            throw new LockException(Message.of(e));
        }
        try {
            return new LockFile(Pylock.of(document.values(), document), folder);
        } catch (InvalidDocumentException e) {
            throw new LockException(document.error(e.line(), String.valueOf(e.getMessage())));
        }
    }

    private static List<String> lifted(Pin pin, Resolution resolution) {
        return resolution.notes().stream()
                .filter(note -> note instanceof Note.Lifted && note.name().equals(pin.name()))
                .map(note -> ((Note.Lifted) note).reason().rule())
                .distinct()
                .toList();
    }

    /** The packages whose locked version a rule held back, and a person lifted that. */
    public Set<PackageName> lifted() {
        var lifted = new TreeSet<PackageName>();
        for (LockedPackage locked : pylock.packages()) {
            if (LockedPin.isLifted(locked)) {
                lifted.add(locked.name());
            }
        }
        return lifted;
    }

    /** Whether it was made for other machines or versions of Python as well. */
    public boolean isUniversal() {
        return pylock.tool().get("blast") instanceof Map<?, ?> blast
                && Boolean.TRUE.equals(blast.get(UNIVERSAL));
    }

    /** Whether it says that it is for a target. */
    public boolean isFor(Target target) {
        return pylock.select(target.markers(), Set.of(), Set.of())
                instanceof Pylock.Selection.Selected;
    }

    /** The patch versions of Python from which on something else is locked. */
    public Set<Version> turns() {
        return Stream.concat(
                        pylock.environments().stream(),
                        pylock.packages().stream().map(LockedPackage::marker))
                .filter(Objects::nonNull)
                .flatMap(marker -> marker.turns().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What was overridden when it was written, as far as it says. */
    public List<String> overrides() {
        return pylock.tool().get("blast") instanceof Map<?, ?> blast
                        && blast.get("overrides") instanceof List<?> overrides
                ? overrides.stream().map(Object::toString).toList()
                : List.of();
    }

    /**
     * What comes from no index, for whatever target: archives, folders and commits by name.
     *
     * @throws LockException if a file cannot be located
     */
    public Map<PackageName, DistributionFile> sources() throws LockException {
        var sources = new TreeMap<PackageName, DistributionFile>();
        for (LockedPackage locked : pylock.packages()) {
            DistributionFile file =
                    locked.version() == null
                            ? null
                            : LockedPin.direct(locked, locked.version(), folder);
            if (file != null) {
                sources.put(locked.name(), file);
            }
        }
        return sources;
    }

    /** Whether it has the folder or commit of a pin; what version that has it need not say. */
    public boolean hasSource(Pin pin) {
        return pylock.packages().stream()
                .filter(locked -> locked.name().equals(pin.name()))
                .map(locked -> LockedSources.file(locked, pin.version(), folder))
                .anyMatch(file -> file != null && LockedSources.areSame(file, pin.file()));
    }

    /** The document, as the standard has it. */
    public Pylock pylock() {
        return pylock;
    }

    /** The file's text. */
    public String text() {
        return TomlWriter.write(pylock.toMap());
    }

    /** What a lock file has for a target. */
    public sealed interface Selection {
        /**
         * The locked versions.
         *
         * @param complete whether what each version requires is known too
         * @param without packages that are locked for the target and have no file for it that may
         *     be taken, each with what it has instead
         * @param others names of packages that are locked for other targets, extras or groups
         */
        record Pins(
                Map<PackageName, Pin> pins,
                boolean complete,
                Map<PackageName, Unpinned> without,
                Set<PackageName> others)
                implements Selection {}

        /** The lock file is not for the target. */
        record Refused(String reason) implements Selection {}
    }

    /** The same with all extras and groups of the lock file, and files of any kind. */
    public Selection select(Target target) throws LockException {
        Set<ExtraName> groups = new TreeSet<>(pylock.dependencyGroups());
        groups.addAll(pylock.defaultGroups());
        return select(target, Set.copyOf(pylock.extras()), groups, Formats.ANY);
    }

    /** The newest version of each package that is locked for some target or other. */
    public Map<PackageName, Version> versions() {
        Map<PackageName, Version> versions = new TreeMap<>();
        for (LockedPackage locked : pylock.packages()) {
            if (locked.version() != null) {
                versions.merge(
                        locked.name(),
                        locked.version(),
                        (one, other) -> one.compareTo(other) >= 0 ? one : other);
            }
        }
        return versions;
    }

    /**
     * The locked versions for a target. Those without a file for it that may be taken have no pin,
     * nor have repositories that git does not bring.
     *
     * @throws LockException if what Blast has noted cannot be read
     */
    public Selection select(
            Target target, Set<ExtraName> extras, Set<ExtraName> groups, Formats formats)
            throws LockException {
        return switch (pylock.select(target.markers(), extras, groups)) {
            case Pylock.Selection.Refused(String reason) -> new Selection.Refused(reason);
            case Pylock.Selection.Selected(List<LockedPackage> packages) -> {
                var pins = new LinkedHashMap<PackageName, Pin>();
                var without = new TreeMap<PackageName, Unpinned>();
                boolean complete = pylock.createdBy().equals(CREATED_BY);
                for (LockedPackage locked : packages) {
                    Pin pin = LockedPin.read(locked, target, formats, folder);
                    complete &= pin != null;
                    if (pin != null) {
                        pins.put(pin.name(), pin);
                    } else {
                        without.put(locked.name(), unpinned(locked));
                    }
                }
                var others = new TreeSet<PackageName>();
                pylock.packages().forEach(locked -> others.add(locked.name()));
                packages.forEach(locked -> others.remove(locked.name()));
                yield new Selection.Pins(pins, complete, without, others);
            }
        };
    }

    private Unpinned unpinned(LockedPackage locked) throws LockException {
        boolean isUnread = locked.version() == null && locked.direct() != null;
        return new Unpinned(
                instead(locked),
                isUnread ? LockedPin.direct(locked, Unpinned.UNKNOWN, folder) : null);
    }

    private static String instead(LockedPackage locked) {
        return switch (locked.direct()) {
            case null -> locked.wheels().isEmpty() ? "a source distribution" : "no wheel for here";
            case LockedSource.Repository _ -> "a repository";
            case LockedSource.Directory _ -> "a folder";
            case LockedSource.Archive _ -> "an archive";
        };
    }

    /** The preferences that follow from the lock file; none where it is not for the target. */
    public Preferences preferences(Target target, Map<PackageName, Version> installed)
            throws LockException {
        return switch (select(target)) {
            case Selection.Pins(var pins, boolean complete, _, _) ->
                    new Preferences(pins, installed, complete);
            case Selection.Refused _ -> new Preferences(Map.of(), installed, false);
        };
    }

    private static boolean isAddressed(Pin pin, Resolution resolution) {
        return resolution.requirements().stream()
                .map(RootRequirement::requirement)
                .anyMatch(requirement ->
                        requirement.name().equals(pin.name()) && requirement.url() != null);
    }
}
