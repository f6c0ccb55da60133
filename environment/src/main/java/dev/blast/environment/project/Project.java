package dev.blast.environment.project;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.NotUnderstoodException;
import dev.blast.index.Formats;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.Message;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.solver.Cutoff;
import dev.blast.solver.PrereleaseWish;
import dev.blast.solver.Prereleases;
import dev.blast.solver.RootRequirement;
import dev.blast.toml.TomlMemory;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a folder asks for: from {@code pyproject.toml}, or from {@code requirements.txt} where that
 * says nothing. A folder with neither is a project without requirements. Each requirement knows
 * where it was said ({@code pyproject.toml:14}).
 *
 * @param directory absolute, without links
 * @param name of the project, or of its folder
 * @param requiresPython where it is said, with its line
 * @param dependencies what the project itself needs
 * @param groups dependency groups (PEP 735), includes resolved
 * @param extras optional dependencies (PEP 621)
 * @param constraints what versions must fit if they are chosen at all ({@code -c FILE})
 * @param options what requirements files say for all of them
 * @param own the names that are no package of an index
 * @param declared whether anything here says what the project needs, if only that it is nothing
 * @param itself where the project itself belongs in the environment
 * @param unread what says more about its needs, and is not read
 * @param inputs the files that were read, absolute: while they are the same, so is the project
 * @param lockFile where its versions are locked, absolute; it need not be there
 * @param formerLock where the versions are from that a new lock begins with; most often the same
 */
public record Project(
        Path directory,
        String name,
        Optional<PythonNeed> requiresPython,
        List<RootRequirement> dependencies,
        Map<ExtraName, List<RootRequirement>> groups,
        Map<ExtraName, List<RootRequirement>> extras,
        List<RootRequirement> constraints,
        RequirementOptions options,
        Settings settings,
        List<OwnName> own,
        boolean declared,
        Optional<Itself> itself,
        List<Unread> unread,
        List<Path> inputs,
        Path lockFile,
        Path formerLock) {
    public static final String PYPROJECT = "pyproject.toml";
    static final String REQUIREMENTS = "requirements.txt";
    public static final ExtraName DEV = new ExtraName("dev");

    /**
     * The folder of the project that a folder belongs to: the nearest from {@code start} upwards
     * that is a project, within the same checkout, of the same owner, and below the home and all
     * folders where anybody may write; else {@code start} itself.
     *
     * @param home the user's
     */
    public static Path directoryOf(Path start, Path home) {
        return new ProjectSearch(home).from(start.toAbsolutePath().normalize());
    }

    /** A link that leads nowhere is there, and so is what is no file: to read it says so. */
    static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Reads the project in a folder.
     *
     * @throws EnvironmentException with file, line and column, where a file cannot be understood
     */
    public static Project at(Path folder) throws EnvironmentException {
        return at(folder, TomlMemory.NONE);
    }

    /** The same with a memory: a file that it knows is not parsed. */
    public static Project at(Path folder, TomlMemory memory) throws EnvironmentException {
        return NotUnderstoodException.in(
                () -> ProjectReader.read(folder, new ProjectTexts(Map.of(), memory)));
    }

    /**
     * The same, narrowed by files that the person has for all projects.
     *
     * @param files as they are written, relative to the working directory
     */
    public Project narrowedBy(List<String> files) throws EnvironmentException {
        return files.isEmpty() ? this : new Narrowing(this).by(files);
    }

    /**
     * The same, where what these requirements files say counts in place of all requirements on the
     * packages that they name.
     *
     * @param files as they are written, relative to the working directory
     */
    public Project overriddenBy(List<String> files) throws EnvironmentException {
        return files.isEmpty() ? this : new Narrowing(this).overridden(files);
    }

    /** The same with more that is asked for by hand, and the lock of an environment for that. */
    public Project asking(List<Requirement> more, Environment environment) {
        var asked = new ArrayList<>(dependencies);
        more.forEach(it -> asked.add(new RootRequirement(it, RootRequirement.COMMAND_LINE, null)));
        return copy(
                        it -> {
                            it.dependencies = asked;
                            it.declared = true;
                        })
                .lockedIn(environment.lockFile());
    }

    /** The same with the lock of one of its environments. */
    public Project lockedIn(Environment environment) {
        return lockedIn(environment.lockFile());
    }

    /** The same with another lock, which begins with the versions of this one. */
    public Project lockedIn(Path file) {
        return file.equals(lockFile)
                ? this
                : copy(it -> {
                    it.formerLock = lockFile;
                    it.lockFile = file;
                });
    }

    /** The same, where one thing more of another tool's counts. */
    Project following(String sentence) {
        return copy(it -> it.settings = settings.following(sentence));
    }

    /** The same without files that are newer than somebody says by hand. */
    public Project leavingOut(Cutoff cutoff) {
        return copy(it -> it.settings = settings.with(cutoff));
    }

    /** The same, where somebody wants pre-releases by hand. */
    public Project wanting(PrereleaseWish wish) {
        return copy(it -> it.settings = settings.with(wish));
    }

    /** When pre-releases may be chosen: what is said of all goes before what one file says. */
    public PrereleaseWish prereleases() {
        return settings.prereleases()
                .orElseGet(() ->
                        options.prereleases()
                                ? new PrereleaseWish(
                                        Prereleases.ALLOW, "--pre in a requirements file")
                                : PrereleaseWish.USUAL);
    }

    /** The same, where this is said about kinds of files before all that the project says. */
    public Project taking(Formats formats) {
        return copy(it -> it.settings = settings.with(formats));
    }

    /** Where {@code requires-python} stands, such as {@code pyproject.toml:4}. */
    public Optional<String> requiresPythonPlace() {
        return requiresPython.map(PythonNeed::origin);
    }

    /** What counts in place of all requirements on a package. */
    public List<RootRequirement> overrides() {
        return constraints.stream().filter(RootRequirement::isOverride).toList();
    }

    /** The same with other constraints, which these files say. */
    Project narrowed(List<RootRequirement> narrower, List<Path> read) {
        return copy(it -> {
            it.constraints = narrower;
            it.inputs = read;
        });
    }

    private Project copy(Consumer<ProjectParts> change) {
        var parts = new ProjectParts(this);
        change.accept(parts);
        return parts.project();
    }

    /**
     * The project as it is when requirements are written otherwise in its own files; nothing is
     * written here.
     */
    public AmendedProject amended(List<Amendment> amendments) throws EnvironmentException {
        return new Amending(this).all(amendments);
    }

    /** The same with other texts in its files, and narrowed as it is. */
    Project reread(Project unnarrowed, ProjectTexts texts) throws EnvironmentException {
        Project read = ProjectReader.read(directory, texts);
        var narrower = new ArrayList<>(read.constraints);
        narrower.addAll(constraints.subList(unnarrowed.constraints.size(), constraints.size()));
        var files = new ArrayList<>(read.inputs);
        files.addAll(inputs.subList(unnarrowed.inputs.size(), inputs.size()));
        return read.copy(it -> {
            it.constraints = narrower;
            it.inputs = files;
            it.lockFile = lockFile;
            it.formerLock = formerLock;
        });
    }

    /**
     * The same with what these requirements files ask for besides.
     *
     * @param files as they are written, relative to the working directory
     */
    public Project withRequirements(List<String> files, Map<String, String> variables)
            throws EnvironmentException {
        Project all = this;
        for (String written : files) {
            Path base = Path.of("").toAbsolutePath();
            RequirementsFile read =
                    RequirementsFile.read(
                            base.resolve(written).normalize(),
                            directory,
                            base,
                            variables,
                            ProjectTexts.AS_THEY_ARE);
            var notRead = new ArrayList<>(all.unread);
            notRead.removeIf(it -> read.files().stream().anyMatch(it::isAbout));
            notRead.addAll(read.unread());
            var more = new ArrayList<>(all.inputs);
            more.addAll(read.files());
            all = all.with(read).with(more, notRead);
        }
        return all;
    }

    /** The same with what requirement files ask for. */
    Project with(RequirementsFile file) throws EnvironmentException {
        var asked = new ArrayList<>(dependencies);
        asked.addAll(file.requirements());
        Optional<Itself> own = itself;
        for (RequirementsFile.Self self : file.selves()) {
            own = own.or(() -> Optional.of(Itself.unknown(self.origin(), self.editable())));
            if (own.get().known()) {
                addAll(asked, "extra", extras, self.extras());
            } else {
                own = Optional.of(own.get().with(self.extras()));
            }
        }
        Optional<Itself> its = own;
        var narrower = new ArrayList<>(constraints);
        narrower.addAll(file.constraints());
        return copy(it -> {
            it.dependencies = asked;
            it.constraints = narrower;
            it.options = options.and(file.options());
            it.settings = settings.with(file.formats());
            it.declared = true;
            it.itself = its;
        });
    }

    /**
     * The same with what its build backend says of it: what it needs, what its extras add, for one
     * target.
     *
     * @param markers what the target is like
     */
    public Project told(Metadata metadata, MarkerEnvironment markers) throws EnvironmentException {
        Itself before = itself.orElseThrow();
        String origin = before.origin() + ", its build backend";
        var needed = new ArrayList<>(dependencies);
        var more = new LinkedHashMap<>(extras);
        for (Requirement requirement : metadata.requiresDist()) {
            if (requirement.appliesTo(markers, Set.of())) {
                needed.add(RootRequirement.of(unconditional(requirement), origin));
            }
        }
        for (ExtraName extra : metadata.providesExtra()) {
            var added = new ArrayList<RootRequirement>();
            for (Requirement requirement : metadata.requiresDist()) {
                if (!requirement.appliesTo(markers, Set.of())
                        && requirement.appliesTo(markers, Set.of(extra))) {
                    added.add(new RootRequirement(unconditional(requirement), origin, extra));
                }
            }
            more.putIfAbsent(extra, added);
        }
        PackageName itsName = metadata.name();
        var ownExtras = new OwnExtras(itsName, metadata.version(), more);
        var expanded = new LinkedHashMap<ExtraName, List<RootRequirement>>();
        for (var each : more.entrySet()) {
            expanded.put(each.getKey(), ownExtras.expand(each.getValue()));
        }
        var groupsExpanded = new LinkedHashMap<ExtraName, List<RootRequirement>>();
        for (var each : groups.entrySet()) {
            groupsExpanded.put(each.getKey(), ownExtras.expand(each.getValue()));
        }
        var all = new LinkedHashSet<>(ownExtras.expand(needed));
        addAll(all, "extra", expanded, before.extras());
        return copy(it -> {
            it.name = itsName.normalized();
            it.dependencies = List.copyOf(all);
            it.groups = groupsExpanded;
            it.extras = expanded;
            it.own = withItself(itsName, before.origin(), metadata.version());
            it.declared = true;
            it.itself = Optional.of(before.told(itsName, metadata.version()));
        });
    }

    private List<OwnName> withItself(PackageName itsName, String origin, Version version) {
        var all = new ArrayList<>(own);
        OwnName before = ownName().orElse(null);
        all.remove(before);
        all.addFirst(OwnName.itself(itsName, before == null ? origin : before.origin(), version));
        return List.copyOf(all);
    }

    /** Its own name, where that is known. */
    public Optional<OwnName> ownName() {
        return own.stream().filter(OwnName::isItself).findFirst();
    }

    private static Requirement unconditional(Requirement requirement) {
        return new Requirement(
                requirement.name(),
                requirement.extras(),
                requirement.specifier(),
                requirement.url(),
                null);
    }

    /** The same without itself as a package; what it needs stays. */
    public Project withoutItself() {
        return copy(it -> it.itself = itself.map(Itself::unwanted));
    }

    /** The same, of which its groups alone can be asked for. */
    public Project withoutOwn() {
        return copy(it -> {
            it.dependencies = List.of();
            it.options = options.withoutUnnamed();
            it.declared = true;
            it.itself = Optional.empty();
        });
    }

    /** The same, with settings for every build backend. */
    public Project building(Map<String, List<String>> more) {
        return more.isEmpty() ? this : copy(it -> it.options = options.and(more));
    }

    /** The same with how far it was read. */
    Project with(List<Path> files, List<Unread> notRead) {
        return copy(it -> {
            it.inputs = files;
            it.unread = notRead;
        });
    }

    /**
     * Whether the project says what it needs in ways that are not read, and in no other: then
     * nothing is known of it.
     */
    public boolean isUnreadable() {
        return dependencies.isEmpty()
                && options.unnamed().isEmpty()
                && itself.map(Itself::known).orElse(true)
                && groups.values().stream().allMatch(List::isEmpty)
                && extras.values().stream().allMatch(List::isEmpty)
                && unread.stream().anyMatch(Unread::needs);
    }

    /**
     * The groups that are installed where nobody asks for others: what the project says, else
     * {@code dev} if there is one.
     */
    public List<ExtraName> defaultGroups() {
        return settings.groups().orElse(groups.containsKey(DEV) ? List.of(DEV) : List.of());
    }

    /**
     * The dependencies with those of these groups and extras, in the order of the file.
     *
     * @throws EnvironmentException where a group or an extra is not one of the project's
     */
    public List<RootRequirement> requirements(
            Collection<ExtraName> withGroups, Collection<ExtraName> withExtras)
            throws EnvironmentException {
        var all = new LinkedHashSet<>(dependencies); // an extra of the project brings some again
        addAll(all, "dependency group", groups, withGroups);
        var known = new LinkedHashSet<>(withExtras);
        if (!itself.map(Itself::known).orElse(true)) {
            known.retainAll(extras.keySet()); // of the others its backend is asked
        }
        addAll(all, "extra", extras, known);
        return List.copyOf(all);
    }

    private void addAll(
            Collection<RootRequirement> all,
            String kind,
            Map<ExtraName, List<RootRequirement>> named,
            Collection<ExtraName> wanted)
            throws EnvironmentException {
        for (ExtraName name : wanted) {
            List<RootRequirement> requirements = named.get(name);
            if (requirements == null) {
                throw new EnvironmentException(
                        "%s has no %s '%s'; there are: %s"
                                .formatted(
                                        this.name,
                                        kind,
                                        name,
                                        named.isEmpty() ? "none" : named.keySet()));
            }
            all.addAll(requirements);
        }
    }

    /**
     * The names that one index is asked for and no other, with its address.
     *
     * @param asked the extras and groups that are asked for
     * @throws EnvironmentException where two hold for one name
     */
    public Map<PackageName, String> bound(MarkerEnvironment markers, Collection<ExtraName> asked)
            throws EnvironmentException {
        var bound = new HashMap<PackageName, BoundIndex>();
        for (BoundIndex each : settings.bound()) {
            if (each.appliesTo(markers, asked)) {
                BoundIndex other = bound.put(each.name(), each);
                if (other != null && !other.address().equals(each.address())) {
                    throw new EnvironmentException(
                            Message.of(
                                    "%s is bound to two indexes at once, %s (%s) and %s (%s)\nask for one of the extras or groups alone",
                                    each.name(),
                                    Redaction.inText(other.address()),
                                    other.origin(),
                                    Redaction.inText(each.address()),
                                    each.origin()));
                }
            }
        }
        var addresses = new HashMap<PackageName, String>();
        bound.forEach((each, index) -> addresses.put(each, index.address()));
        return addresses;
    }
}
