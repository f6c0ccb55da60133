package dev.blast.environment.project;

import dev.blast.environment.Cause;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidDocumentException;
import dev.blast.packaging.Located;
import dev.blast.packaging.Message;
import dev.blast.packaging.PyProject;
import dev.blast.packaging.Requirement;
import dev.blast.solver.RootRequirement;
import dev.blast.toml.TomlDocument;
import dev.blast.toml.TomlException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Project} from its folder. For one folder, one thread. */
final class ProjectReader {
    private final Path directory;

    private final ProjectTexts texts;

    /** Files that were read or looked for, absolute. */
    private final Set<Path> inputs = new LinkedHashSet<>();

    private final Unreads unreads;

    /** Files from which the build backend takes what the project needs. */
    private final Set<Path> dynamic = new LinkedHashSet<>();

    private ProjectReader(Path directory, ProjectTexts texts) {
        this.directory = directory;
        this.texts = texts;
        this.unreads = new Unreads(directory);
        // a file that is not there yet is an input too: when it appears, the project is another one
        inputs.add(directory.resolve(Project.PYPROJECT));
        inputs.add(directory.resolve(Project.REQUIREMENTS));
        inputs.add(directory.resolve(PythonVersionFile.NAME));
    }

    /**
     * Reads it.
     *
     * @param texts what some files will hold
     */
    static Project read(Path folder, ProjectTexts texts) throws EnvironmentException {
        try {
            return new ProjectReader(folder.toRealPath(), texts).read();
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read the project %s: %s".formatted(folder, Cause.of(e, folder)), e);
        }
    }

    private Project read() throws EnvironmentException, IOException {
        Path file = directory.resolve(Project.PYPROJECT);
        Project project = Project.isThere(file) ? fromPyProject(file) : withoutPyProject();
        Path requirements = directory.resolve(Project.REQUIREMENTS);
        if (!Project.isThere(requirements) || dynamic.contains(requirements)) {
            return finished(project);
        }
        if (!project.dependencies().isEmpty()) {
            unreads.versionsOnly(
                    "requirements.txt is not read",
                    "pyproject.toml has dependencies of its own; -r requirements.txt belongs to a project without");
            return finished(project);
        }
        RequirementsFile read =
                RequirementsFile.read(requirements, directory, System.getenv(), texts);
        inputs.addAll(read.files());
        unreads.add(read.unread());
        return finished(project.with(read));
    }

    private Project finished(Project project) throws IOException {
        unreads.besides(inputs, project.declared(), project.itself().isPresent());
        Project followed = followingUv(project);
        return followed.with(List.copyOf(inputs), unreads.all());
    }

    /** A lock of uv's that is no good is as good as none. */
    private Project followingUv(Project project) {
        try {
            Optional<UvLock> lock = project.declared() ? UvLock.in(directory) : Optional.empty();
            return lock.isEmpty()
                    ? project
                    : project.following(
                            "uv.lock: its versions are preferred (%d of them) until there is a pylock.toml"
                                    .formatted(lock.get().size()));
        } catch (EnvironmentException e) {
            unreads.versionsOnly(
                    "uv.lock is not read",
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return project;
        }
    }

    private Project withoutPyProject() throws IOException {
        Optional<Itself> setuptools = ofSetuptools();
        return new Project(
                directory,
                folderName(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                RequirementOptions.NONE,
                Settings.NONE,
                List.of(),
                setuptools.isPresent(),
                setuptools,
                List.of(),
                List.of(),
                Environment.in(directory).lockFile(),
                Environment.in(directory).lockFile());
    }

    private String folderName() {
        return directory.getFileName() == null ? "project" : directory.getFileName().toString();
    }

    private Project fromPyProject(Path file) throws EnvironmentException, IOException {
        TomlDocument toml = toml(file);
        PyProject pyproject;
        try {
            pyproject = PyProject.of(toml.values(), toml);
        } catch (InvalidDocumentException e) {
            throw new EnvironmentException(toml.error(e.line(), String.valueOf(e.getMessage())));
        }
        DynamicFiles files = DynamicFiles.of(directory, toml, pyproject, texts);
        dynamic.addAll(files.files());
        inputs.addAll(files.files());
        unreads.document(toml, pyproject, files, toml.values().containsKey("build-system"));
        OwnNames own = OwnNames.of(directory, toml, pyproject);
        inputs.addAll(own.inputs());
        own.workspace()
                .filter(found -> found.root().equals(directory) && pyproject.name() == null)
                .ifPresent(unreads::members);
        Map<ExtraName, List<RootRequirement>> extras = byName(pyproject.optionalDependencies());
        extras.putAll(files.extras());
        var dependencies = new ArrayList<>(roots(pyproject.dependencies(), null));
        dependencies.addAll(files.dependencies());
        UvSettings uv = UvSettings.of(directory, toml, own.workspace(), unreads);
        Settings settings =
                Settings.of(toml, pyproject.dependencyGroups().keySet())
                        .with(own.indexes(), own.bound())
                        .with(uv);
        var constraints = new ArrayList<RootRequirement>(settings.overrides());
        constraints.addAll(uv.constraints());
        Optional<Itself> itself = itself(toml, pyproject, files, own);
        boolean isDeclared =
                pyproject.name() != null
                        || !pyproject.dependencyGroups().isEmpty()
                        || itself.isPresent();
        return new Project(
                directory,
                pyproject.name() == null ? folderName() : pyproject.name().normalized(),
                Optional.ofNullable(pyproject.requiresPython()),
                expanded(dependencies, pyproject, extras, own),
                expanded(byName(pyproject.dependencyGroups()), pyproject, extras, own),
                expanded(extras, pyproject, extras, own),
                constraints,
                RequirementOptions.NONE,
                settings,
                own.all(),
                isDeclared,
                itself,
                List.of(),
                List.of(),
                Environment.in(directory).lockFile(),
                Environment.in(directory).lockFile());
    }

    private TomlDocument toml(Path file) throws EnvironmentException {
        try {
            return TomlDocument.parse(
                    Project.PYPROJECT, texts.read(file, Project.PYPROJECT).utf8());
        } catch (TomlException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    /**
     * The project as a package: it has a build system, or is one of setuptools; a {@code [project]}
     * without is an application that nothing is built of, as uv has it.
     */
    private Optional<Itself> itself(
            TomlDocument toml, PyProject pyproject, DynamicFiles files, OwnNames own)
            throws IOException {
        boolean isBuilt = toml.values().containsKey("build-system");
        Object said =
                toml.values().get("tool") instanceof Map<?, ?> tool
                                && tool.get("uv") instanceof Map<?, ?> uv
                        ? uv.get("package")
                        : null;
        if (Boolean.FALSE.equals(said)) {
            return Optional.empty();
        }
        if (!isBuilt && !Boolean.TRUE.equals(said)) {
            if (pyproject.name() == null && own.workspace().isEmpty()) {
                return ofSetuptools();
            }
            if (!pyproject.entryPoints().all().isEmpty()) {
                unreads.versionsOnly(
                        "%s:%d: the commands of the project are not installed: there is no [build-system]"
                                .formatted(Project.PYPROJECT, toml.line("project", "scripts")),
                        "name one, such as requires = [\"hatchling\"], build-backend = \"hatchling.build\"");
            }
            return Optional.empty();
        }
        String origin =
                Project.PYPROJECT
                        + ":"
                        + (isBuilt
                                ? toml.line("build-system")
                                : toml.line("tool", "uv", "package"));
        boolean known =
                pyproject.name() != null
                        && Stream.of("dependencies", "optional-dependencies")
                                .allMatch(field ->
                                        !pyproject.dynamic().contains(field) || files.says(field));
        return Optional.of(
                new Itself(
                        origin,
                        Optional.ofNullable(pyproject.name()),
                        Optional.ofNullable(pyproject.version()),
                        true,
                        known,
                        true,
                        Set.of()));
    }

    /** A project without a word about its build is one of setuptools (PEP 517). */
    private Optional<Itself> ofSetuptools() throws IOException {
        for (String name : List.of("setup.py", "setup.cfg")) {
            if (unreads.isOfPackage(name)) {
                inputs.add(directory.resolve(name));
                return Optional.of(Itself.unknown(name, true));
            }
        }
        return Optional.empty();
    }

    private static Map<ExtraName, List<RootRequirement>> byName(
            Map<ExtraName, List<Located<Requirement>>> groups) {
        var roots = new LinkedHashMap<ExtraName, List<RootRequirement>>();
        groups.forEach((name, requirements) -> roots.put(name, roots(requirements, name)));
        return roots;
    }

    private static List<RootRequirement> roots(
            List<Located<Requirement>> requirements, @Nullable ExtraName group) {
        return requirements.stream()
                .map(requirement ->
                        new RootRequirement(
                                requirement.value(),
                                requirement.line() == 0
                                        ? Project.PYPROJECT
                                        : Project.PYPROJECT + ":" + requirement.line(),
                                group))
                .toList();
    }

    private Map<ExtraName, List<RootRequirement>> expanded(
            Map<ExtraName, List<RootRequirement>> named,
            PyProject pyproject,
            Map<ExtraName, List<RootRequirement>> extras,
            OwnNames own)
            throws EnvironmentException {
        var all = new LinkedHashMap<ExtraName, List<RootRequirement>>();
        for (Map.Entry<ExtraName, List<RootRequirement>> each : named.entrySet()) {
            all.put(each.getKey(), expanded(each.getValue(), pyproject, extras, own));
        }
        return all;
    }

    private List<RootRequirement> expanded(
            List<RootRequirement> requirements,
            PyProject pyproject,
            Map<ExtraName, List<RootRequirement>> extras,
            OwnNames own)
            throws EnvironmentException {
        boolean areTold = pyproject.dynamic().contains("optional-dependencies") && extras.isEmpty();
        List<RootRequirement> all =
                pyproject.name() == null || areTold
                        ? requirements
                        : new OwnExtras(pyproject.name(), pyproject.version(), extras)
                                .expand(requirements);
        var addressed = new ArrayList<RootRequirement>();
        for (RootRequirement root : all) {
            addressed.add(own.addressed(root));
        }
        return addressed;
    }
}
