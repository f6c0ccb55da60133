package dev.blast.environment.project;

import dev.blast.environment.Cause;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PyProject;
import dev.blast.solver.RootRequirement;
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
        Project project = texts.isThere(file) ? fromPyProject(file) : withoutPyProject();
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

    private Project fromPyProject(Path path) throws EnvironmentException, IOException {
        PyProjectFile file = PyProjectFile.read(path, Project.PYPROJECT, texts);
        PyProject pyproject = file.content();
        DynamicFiles files = DynamicFiles.of(directory, file.toml(), pyproject, texts);
        dynamic.addAll(files.files());
        inputs.addAll(files.files());
        unreads.document(file, files, file.hasBuildSystem());
        Optional<UvWorkspace> workspace = UvWorkspace.around(directory, file.toml());
        MemberProjects members = members(pyproject, workspace);
        inputs.addAll(members.inputs());
        OwnNames own = OwnNames.of(directory, file, workspace, members.files());
        inputs.addAll(own.inputs());
        Map<ExtraName, List<RootRequirement>> extras = members.extrasWith(file.extras());
        extras.putAll(files.extras());
        Map<ExtraName, List<RootRequirement>> groups = members.groupsWith(file.groups());
        var dependencies = new ArrayList<>(file.dependencies());
        dependencies.addAll(files.dependencies());
        dependencies.addAll(members.dependencies());
        UvSettings uv =
                UvSettings.of(directory, file.toml(), workspace, members.files().values(), unreads);
        Settings settings =
                Settings.of(file.toml(), groups.keySet()).with(own.indexes(), own.bound()).with(uv);
        var constraints = new ArrayList<RootRequirement>(settings.overrides());
        constraints.addAll(uv.constraints());
        constraints.addAll(members.overrides());
        for (String sentence : members.overridden()) {
            settings = settings.following(sentence);
        }
        Optional<Itself> itself = itself(file, files, workspace);
        boolean isDeclared =
                pyproject.name() != null
                        || !groups.isEmpty()
                        || !members.files().isEmpty()
                        || itself.isPresent();
        return new Project(
                directory,
                pyproject.name() == null ? folderName() : pyproject.name().normalized(),
                file.requiresPython().or(members::python),
                expanded(dependencies, pyproject, extras, own),
                expanded(groups, pyproject, extras, own),
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

    /** Of a root that is no project itself: it stands for all of them. */
    private MemberProjects members(PyProject pyproject, Optional<UvWorkspace> workspace)
            throws EnvironmentException, IOException {
        UvWorkspace around = workspace.orElse(null);
        if (around == null || pyproject.name() != null || !around.root().equals(directory)) {
            return MemberProjects.none(directory);
        }
        unreads.noMembers(around);
        return MemberProjects.of(around, texts, unreads);
    }

    /**
     * The project as a package: it has a build system, or is one of setuptools; a {@code [project]}
     * without is an application that nothing is built of, as uv has it.
     */
    private Optional<Itself> itself(
            PyProjectFile file, DynamicFiles files, Optional<UvWorkspace> workspace)
            throws IOException {
        PyProject pyproject = file.content();
        boolean isBuilt = file.hasBuildSystem();
        boolean isRoot =
                pyproject.name() == null
                        && workspace.filter(it -> it.root().equals(directory)).isPresent();
        if (isRoot || !file.isPackage().orElse(true)) {
            return Optional.empty();
        }
        if (!isBuilt && file.isPackage().isEmpty()) {
            if (pyproject.name() == null && workspace.isEmpty()) {
                return ofSetuptools();
            }
            if (!pyproject.entryPoints().all().isEmpty()) {
                unreads.versionsOnly(
                        "%s: the commands of the project are not installed: there is no [build-system]"
                                .formatted(file.place("project", "scripts")),
                        "name one, such as requires = [\"hatchling\"], build-backend = \"hatchling.build\"");
            }
            return Optional.empty();
        }
        String origin = isBuilt ? file.place("build-system") : file.place("tool", "uv", "package");
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
