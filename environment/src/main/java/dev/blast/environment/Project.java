package dev.blast.environment;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidDocumentException;
import dev.blast.packaging.Located;
import dev.blast.packaging.PyProject;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.TomlDocument;
import dev.blast.solver.TomlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
 * @param inputs the files that were read, absolute: while they are the same, so is the project
 */
public record Project(
        Path directory,
        String name,
        Optional<Located<SpecifierSet>> requiresPython,
        List<RootRequirement> dependencies,
        Map<ExtraName, List<RootRequirement>> groups,
        Map<ExtraName, List<RootRequirement>> extras,
        List<RootRequirement> constraints,
        Settings settings,
        List<Path> inputs) {
    static final String PYPROJECT = "pyproject.toml";
    static final String REQUIREMENTS = "requirements.txt";
    private static final String LOCK = "pylock.toml";
    private static final ExtraName DEV = new ExtraName("dev");

    /**
     * Like {@link #at}, for the nearest folder from {@code start} upwards that is a project; else
     * {@code start} itself.
     */
    public static Project find(Path start) throws EnvironmentException {
        return at(directoryOf(start));
    }

    /** The folder of the project that {@link #find} reads, without reading it. */
    public static Path directoryOf(Path start) {
        Path from = start.toAbsolutePath().normalize();
        for (Path folder = from; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(PYPROJECT))
                    || Files.isRegularFile(folder.resolve(REQUIREMENTS))
                    || Environment.in(folder).folderExists()) {
                return folder;
            }
        }
        return from;
    }

    /**
     * Reads the project in a folder.
     *
     * @throws EnvironmentException with file, line and column, where a file cannot be understood
     */
    public static Project at(Path folder) throws EnvironmentException {
        Path directory;
        try {
            directory = folder.toRealPath();
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read the project %s: %s".formatted(folder, Cause.of(e, folder)), e);
        }
        Path pyproject = directory.resolve(PYPROJECT);
        Project project =
                Files.exists(pyproject) ? fromPyProject(directory, pyproject) : empty(directory);
        Path requirements = directory.resolve(REQUIREMENTS);
        return project.dependencies.isEmpty() && Files.isRegularFile(requirements)
                ? project.with(RequirementsFile.read(requirements, directory))
                : project;
    }

    private static Project empty(Path directory) {
        return new Project(
                directory,
                folderName(directory),
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Settings.NONE,
                // a file that is not there yet is an input too: when it appears, the project is
                // another one
                List.of(directory.resolve(PYPROJECT), directory.resolve(REQUIREMENTS)));
    }

    private static String folderName(Path directory) {
        return directory.getFileName() == null ? "project" : directory.getFileName().toString();
    }

    private static Project fromPyProject(Path directory, Path file) throws EnvironmentException {
        TomlDocument toml = toml(file);
        PyProject pyproject;
        try {
            pyproject = PyProject.of(toml.values(), toml);
        } catch (InvalidDocumentException e) {
            throw new EnvironmentException(toml.error(e.line(), String.valueOf(e.getMessage())));
        }
        return new Project(
                directory,
                pyproject.name() == null ? folderName(directory) : pyproject.name().normalized(),
                Optional.ofNullable(pyproject.requiresPython()),
                roots(pyproject.dependencies(), null),
                byName(pyproject.dependencyGroups()),
                byName(pyproject.optionalDependencies()),
                List.of(),
                Settings.of(toml),
                List.of(file, directory.resolve(REQUIREMENTS)));
    }

    private static TomlDocument toml(Path file) throws EnvironmentException {
        try {
            return TomlDocument.parse(PYPROJECT, Files.readString(file));
        } catch (TomlException e) {
            throw new EnvironmentException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(file, Cause.of(e, file)), e);
        }
    }

    private static Map<ExtraName, List<RootRequirement>> byName(
            Map<ExtraName, List<Located<Requirement>>> groups) {
        Map<ExtraName, List<RootRequirement>> roots = new LinkedHashMap<>();
        groups.forEach((name, requirements) -> roots.put(name, roots(requirements, name)));
        return roots;
    }

    private static List<RootRequirement> roots(
            List<Located<Requirement>> requirements, @Nullable ExtraName group) {
        return requirements.stream()
                .map(r ->
                        new RootRequirement(
                                r.value(),
                                r.line() == 0 ? PYPROJECT : PYPROJECT + ":" + r.line(),
                                group))
                .toList();
    }

    private Project with(RequirementsFile file) {
        return new Project(
                directory,
                name,
                requiresPython,
                file.requirements(),
                groups,
                extras,
                file.constraints(),
                settings,
                inputs(file));
    }

    private List<Path> inputs(RequirementsFile file) {
        List<Path> all = new ArrayList<>(inputs);
        file.files().stream().filter(f -> !all.contains(f)).forEach(all::add);
        return all;
    }

    /**
     * The groups that are installed where nobody asks for others: what the project says, else
     * {@code dev} if there is one.
     */
    public List<ExtraName> defaultGroups() {
        return settings.groups()
                .map(names -> names.stream().map(ExtraName::new).toList())
                .orElse(groups.containsKey(DEV) ? List.of(DEV) : List.of());
    }

    /**
     * The dependencies with those of these groups and extras, in the order of the file.
     *
     * @throws EnvironmentException where a group or an extra is not one of the project's
     */
    public List<RootRequirement> requirements(
            Collection<ExtraName> withGroups, Collection<ExtraName> withExtras)
            throws EnvironmentException {
        List<RootRequirement> all = new ArrayList<>(dependencies);
        addAll(all, "dependency group", groups, withGroups);
        addAll(all, "extra", extras, withExtras);
        return all;
    }

    private void addAll(
            List<RootRequirement> all,
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

    public Path lockFile() {
        return directory.resolve(LOCK);
    }

    /** The project's own environment, {@code .venv} in it; it need not exist yet. */
    public Environment environment() {
        return Environment.in(directory);
    }
}
