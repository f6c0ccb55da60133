package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.index.Formats;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.LockedPackage;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Pin;
import dev.blast.solver.Preferences;
import dev.blast.solver.Resolution;
import dev.blast.solver.Target;
import dev.blast.solver.lock.LockException;
import dev.blast.solver.lock.LockFile;
import dev.blast.solver.lock.LockScope;
import dev.blast.solver.lock.Unpinned;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The project's lock file as it is now.
 *
 * @param text empty where there is none
 * @param author the program that wrote it; empty where there is none
 * @param pins the locked versions for the target
 * @param complete whether it says what each version requires, so that no index need be asked
 * @param without what is locked for the target and gives no pin
 * @param others what is locked for other targets, extras or groups
 * @param versions what is locked for any target, extra or group
 * @param extras those that it says it covers
 * @param groups the same of dependency groups
 * @param indexes what it says of where a package was found
 * @param lifted whose locked version a rule held back when a person lifted that
 * @param overrides what was overridden when Blast wrote it
 * @param file as it was read, with what it has for others; empty where there is none
 * @param why it cannot be used; empty where it can
 */
public record CurrentLock(
        String text,
        String author,
        Map<PackageName, Pin> pins,
        boolean complete,
        Map<PackageName, Unpinned> without,
        Set<PackageName> others,
        Map<PackageName, Version> versions,
        Set<ExtraName> extras,
        Set<ExtraName> groups,
        Map<PackageName, String> indexes,
        Set<PackageName> lifted,
        List<String> overrides,
        Optional<LockFile> file,
        String why) {
    private static final int NAMED = 5;

    /**
     * The project's; where it is not there, what a new one begins with.
     *
     * @param groups those asked for by hand; empty where those of the lock count
     * @param formats of which kinds of files packages may be taken
     */
    public static CurrentLock of(
            Project project,
            Target target,
            Set<ExtraName> extras,
            Optional<Set<ExtraName>> groups,
            Formats formats)
            throws EnvironmentException {
        CurrentLock lock = read(project.lockFile(), target, extras, groups, formats);
        if (lock.isPresent()) {
            return lock;
        }
        CurrentLock former =
                project.formerLock().equals(project.lockFile())
                        ? lock
                        : read(project.formerLock(), target, extras, groups, formats);
        return former.asBeginning(
                lock.why(), former.isPresent() ? former.versions : uv(project, target.markers()));
    }

    private static Map<PackageName, Version> uv(Project project, MarkerEnvironment markers) {
        try {
            return UvLock.in(project.directory())
                    .map(lock -> lock.versions(markers))
                    .orElse(Map.of());
        } catch (EnvironmentException _) {
            return Map.of(); // said where the project is read
        }
    }

    private CurrentLock asBeginning(String why, Map<PackageName, Version> versions) {
        return new CurrentLock(
                "",
                author,
                pins,
                complete,
                without,
                others,
                versions,
                extras,
                groups,
                indexes,
                lifted,
                overrides,
                Optional.empty(),
                why);
    }

    /**
     * Reads it.
     *
     * @param groups those asked for by hand; empty where those of the lock count
     * @param formats of which kinds of files packages may be taken
     */
    public static CurrentLock read(
            Path file,
            Target target,
            Set<ExtraName> extras,
            Optional<Set<ExtraName>> groups,
            Formats formats)
            throws EnvironmentException {
        String name = file.getFileName().toString();
        if (!Project.isThere(file)) {
            return new CurrentLock(
                    "",
                    "",
                    Map.of(),
                    false,
                    Map.of(),
                    Set.of(),
                    Map.of(),
                    Set.of(),
                    Set.of(),
                    Map.of(),
                    Set.of(),
                    List.of(),
                    Optional.empty(),
                    "there is no " + name);
        }
        if (ProjectFile.leadsOut(file)) {
            throw new EnvironmentException(
                    Message.of(
                            "%s is a link out of its folder, and is not read\nput the lock itself there, or remove the link",
                            name));
        }
        String text = ProjectFile.read(file, name).utf8();
        try {
            LockFile lock = LockFile.read(text, name, folder(file));
            Set<ExtraName> wanted =
                    groups.orElseGet(() -> Set.copyOf(lock.pylock().defaultGroups()));
            return switch (lock.select(target, extras, wanted, formats)) {
                case LockFile.Selection.Pins(var pins, boolean complete, var without, var others) ->
                        of(text, lock, pins, complete, without, others, "");
                case LockFile.Selection.Refused(String reason) ->
                        of(
                                text,
                                lock,
                                Map.of(),
                                false,
                                Map.of(),
                                lock.pylock().packages().stream()
                                        .map(LockedPackage::name)
                                        .collect(Collectors.toSet()),
                                name + " is for another interpreter: " + reason);
            };
        } catch (LockException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    /** The same, where more is known of what it locks. */
    public CurrentLock with(Map<PackageName, Pin> more) {
        var all = new HashMap<>(pins);
        all.putAll(more);
        var left = new HashMap<>(without);
        left.keySet().removeAll(more.keySet());
        return new CurrentLock(
                text, author, all, complete, left, others, versions, extras, groups, indexes,
                lifted, overrides, file, why);
    }

    private static CurrentLock of(
            String text,
            LockFile lock,
            Map<PackageName, Pin> pins,
            boolean complete,
            Map<PackageName, Unpinned> without,
            Set<PackageName> others,
            String why) {
        boolean fits = why.isEmpty();
        return new CurrentLock(
                text,
                lock.pylock().createdBy(),
                pins,
                complete,
                without,
                others,
                lock.versions(),
                Set.copyOf(lock.pylock().extras()),
                Set.copyOf(lock.pylock().dependencyGroups()),
                fits ? indexes(lock) : Map.of(),
                fits ? lock.lifted() : Set.of(),
                fits ? lock.overrides() : List.of(),
                Optional.of(lock),
                why);
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    private static Map<PackageName, String> indexes(LockFile lock) {
        var indexes = new HashMap<PackageName, String>();
        for (LockedPackage locked : lock.pylock().packages()) {
            if (locked.index() != null) {
                indexes.put(locked.name(), locked.index());
            }
        }
        return indexes;
    }

    public boolean isOurs() {
        return author.equals(LockFile.CREATED_BY);
    }

    /**
     * Whether a package was found in this index. Blast says it of each that is bound to one; of a
     * lock that says nothing it is believed.
     */
    public boolean isFrom(PackageName name, String index) {
        String said = indexes.get(name);
        return said == null ? !isOurs() : slashed(said).equals(slashed(index));
    }

    private static String slashed(String address) {
        return address.endsWith("/") ? address : address + "/";
    }

    public boolean isPresent() {
        return !text.isEmpty();
    }

    /** A version that is locked for another interpreter goes before one that is installed. */
    public Preferences preferences(Map<PackageName, Version> installed) {
        var preferred = new HashMap<PackageName, Version>(installed);
        if (!why.isEmpty()) {
            preferred.putAll(versions);
        }
        return new Preferences(pins, preferred, complete);
    }

    /** Of what is asked for, the extras and groups that it does not say it covers, in words. */
    public List<String> uncovered(LockScope asked) {
        var names = new ArrayList<String>(asked.names());
        names.removeAll(names(extras, groups));
        return names;
    }

    /** The extras and groups that it covers, and the project has still, in words. */
    public List<String> covered(Project project) {
        var known = new TreeSet<ExtraName>(extras);
        known.retainAll(project.extras().keySet());
        var knownGroups = new TreeSet<ExtraName>(groups);
        knownGroups.retainAll(project.groups().keySet());
        return names(known, knownGroups);
    }

    private static List<String> names(Set<ExtraName> extras, Set<ExtraName> groups) {
        return LockScope.names(new TreeSet<>(extras), new TreeSet<>(groups));
    }

    /**
     * Whether another program's lock already says what was resolved, file for file: then it is
     * right as it is, and says more than Blast would.
     */
    public boolean settles(Resolution resolution) {
        return isPresent()
                && why.isEmpty()
                && !isOurs()
                && resolution.pins().stream().allMatch(this::settles);
    }

    private boolean settles(Pin pin) {
        Pin locked = pins.get(pin.name());
        if (locked == null) {
            return file.map(it -> it.hasSource(pin)).orElse(false);
        }
        return locked.version().equals(pin.version())
                && locked.files().stream()
                        .filter(file -> file.filename().equals(pin.file().filename()))
                        .anyMatch(file ->
                                pin.file().hashes().isEmpty()
                                        || file.hashes().entrySet().stream()
                                                .anyMatch(
                                                        pin.file().hashes().entrySet()::contains));
    }

    /**
     * What would go if Blast wrote the file anew, for this interpreter alone: another program's
     * choice, or that for another interpreter. Empty for nothing that a person would miss.
     *
     * @param lockFile where it is
     */
    public Optional<String> loss(Path lockFile) {
        if (!isPresent() || (isOurs() && why.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(
                why.isEmpty()
                        ? "%s, written by %s, does not fit what is asked for, and would be written anew for this interpreter alone%s"
                                .formatted(
                                        lockFile.getFileName(),
                                        author,
                                        others.isEmpty()
                                                ? ""
                                                : ", without what it has for other platforms, extras and groups: "
                                                        + names(others))
                        : why + "; it would be written anew for this one alone");
    }

    /** What goes when Blast writes the file anew, for this interpreter alone; empty for nothing. */
    public Optional<String> lost() {
        if (!isPresent() || (why.isEmpty() && others.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(
                why.isEmpty()
                        ? "pylock.toml, written by %s, did not fit and is written anew for this interpreter alone; what it had for other platforms, extras and groups is gone: %s"
                                .formatted(author, names(others))
                        : why
                                + "; it is written anew for this one, with its versions where they fit");
    }

    private static String names(Set<PackageName> others) {
        return others.stream()
                        .map(PackageName::normalized)
                        .sorted()
                        .limit(NAMED)
                        .collect(Collectors.joining(", "))
                + (others.size() > NAMED ? ", …" : "");
    }
}
