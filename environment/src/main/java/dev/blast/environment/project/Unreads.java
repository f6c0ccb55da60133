package dev.blast.environment.project;

import dev.blast.environment.install.OrdinaryFile;
import dev.blast.packaging.PyProject;
import dev.blast.packaging.Visible;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what says what a project needs and is not read: tables of other tools, other tools' files.
 * Collects while the project is read; for one thread.
 */
final class Unreads {
    private static final String PROJECT_TABLE = "list them in [project] dependencies (PEP 621)";
    private static final String GROUPS_TABLE = "list them in [dependency-groups] (PEP 735)";
    private static final String INDEX_KEY = "name it in [tool.blast] index";
    private static final String UV_SETTING =
            "rules and strategies say which versions may be chosen (blast policy show)";
    private static final int NAMED = 3;

    /** A table or key of {@code pyproject.toml}; Poetry's dependencies stand apart. */
    private record Key(List<String> path, String instead, boolean needs) {
        Key(String instead, boolean needs, String... path) {
            this(List.of(path), instead, needs);
        }

        /** Whether only what comes on top of a project's needs stands there. */
        boolean isOfGroups() {
            return instead.equals(GROUPS_TABLE);
        }
    }

    private static final List<Key> KEYS =
            List.of(
                    new Key(GROUPS_TABLE, true, "poetry", "dev-dependencies"),
                    new Key(GROUPS_TABLE, true, "poetry", "group"),
                    new Key(GROUPS_TABLE, true, "pdm", "dev-dependencies"),
                    new Key(INDEX_KEY, false, "pdm", "source"),
                    new Key(GROUPS_TABLE, true, "rye", "dev-dependencies"),
                    new Key(GROUPS_TABLE, true, "uv", "dev-dependencies"),
                    new Key(
                            "[tool.blast] exclude-newer is for all packages",
                            false,
                            "uv",
                            "exclude-newer-package"),
                    new Key(
                            "[tool.blast] prerelease is for all packages",
                            false,
                            "uv",
                            "prerelease-package"),
                    new Key(UV_SETTING, false, "uv", "resolution"),
                    new Key(UV_SETTING, false, "uv", "dependency-metadata"),
                    new Key(INDEX_KEY, false, "uv", "index-url"),
                    new Key(INDEX_KEY, false, "uv", "extra-index-url"),
                    new Key(INDEX_KEY, false, "uv", "find-links"),
                    new Key(PROJECT_TABLE, true, "flit", "metadata", "requires"),
                    new Key(PROJECT_TABLE, true, "pixi", "dependencies"),
                    new Key(PROJECT_TABLE, true, "pixi", "pypi-dependencies"));

    private static final Map<String, String> OTHER_LOCKS =
            Map.of(
                    "poetry.lock", "versions are chosen anew",
                    "pdm.lock", "pdm export -f pylock -o pylock.toml keeps its versions",
                    "Pipfile.lock", "versions are chosen anew");

    private final Path directory;
    private final List<Unread> all = new ArrayList<>();

    Unreads(Path directory) {
        this.directory = directory;
    }

    List<Unread> all() {
        return List.copyOf(all);
    }

    void add(List<Unread> more) {
        all.addAll(more);
    }

    private void needs(String what, String instead) {
        all.add(new Unread(what, instead, true));
    }

    /** Something that only says which versions, or from where. */
    void versionsOnly(String what, String instead) {
        all.add(new Unread(what, instead, false));
    }

    /**
     * What {@code pyproject.toml} says beside the standards.
     *
     * @param isBuilt a build backend is asked for what the project needs, where it does not say it
     */
    void document(PyProjectFile file, DynamicFiles dynamic, boolean isBuilt) {
        Map<String, Object> values = file.toml().values();
        PyProject pyproject = file.content();
        for (String field : new TreeSet<>(pyproject.dynamic())) {
            if ((field.equals("dependencies") || field.equals("optional-dependencies"))
                    && !dynamic.says(field)
                    && !isBuilt) {
                needs(
                        "%s: '%s' is dynamic, and there is no [build-system] to ask"
                                .formatted(file.place("project", "dynamic"), field),
                        "list them in [project] " + field);
            }
        }
        if (!(values.get("tool") instanceof Map<?, ?> tool)) {
            return;
        }
        if (!isBuilt
                && pyproject.dependencies().isEmpty()
                && below(tool, List.of("poetry", "dependencies")) instanceof Map<?, ?> poetry
                && poetry.keySet().stream().anyMatch(name -> !name.equals("python"))) {
            needs(
                    "%s: [tool.poetry.dependencies] is not read"
                            .formatted(file.place("tool", "poetry", "dependencies")),
                    PROJECT_TABLE + ", which Poetry 2 reads too");
        }
        if (below(tool, List.of("poetry", "source")) instanceof List<?> sources
                && sources.stream().anyMatch(each -> !isExplicit(each))) {
            versionsOnly(
                    "%s: [[tool.poetry.source]] is asked for the names that are bound to it, and for no others"
                            .formatted(file.place("tool", "poetry", "source")),
                    INDEX_KEY);
        }
        if (below(tool, List.of("hatch", "envs")) instanceof Map<?, ?> environments
                && environments.values().stream().anyMatch(Unreads::hasDependencies)) {
            versionsOnly(
                    "%s: the dependencies of [tool.hatch.envs] are not read"
                            .formatted(file.place("tool", "hatch", "envs")),
                    GROUPS_TABLE);
        }
        boolean saysAll =
                values.containsKey("project") && !pyproject.dynamic().contains("dependencies");
        for (Key key : KEYS) {
            if (below(tool, key.path()) != null) {
                var path = new ArrayList<Object>(List.of("tool"));
                path.addAll(key.path());
                all.add(
                        new Unread(
                                "%s: [tool.%s] is not read"
                                        .formatted(
                                                file.place(path.toArray()),
                                                String.join(".", key.path())),
                                key.instead(),
                                key.needs() && !(saysAll && key.isOfGroups())));
            }
        }
    }

    private static boolean isExplicit(Object source) {
        return source instanceof Map<?, ?> map && "explicit".equals(map.get("priority"));
    }

    private static boolean hasDependencies(Object environment) {
        return environment instanceof Map<?, ?> map
                && (map.containsKey("dependencies") || map.containsKey("extra-dependencies"));
    }

    private static @Nullable Object below(Map<?, ?> tool, List<String> path) {
        Object at = tool;
        for (String step : path) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at;
    }

    /** What the patterns of a workspace name, and is no member of it. */
    void noMembers(UvWorkspace workspace) throws IOException {
        MemberFolders folders = workspace.folders();
        folders.idle()
                .forEach((pattern, line) ->
                        needs(
                                "%s:%d: members of the workspace: '%s' names no folder"
                                        .formatted(Project.PYPROJECT, line, Visible.of(pattern)),
                                "write where they are in [tool.uv.workspace]"));
        folders.links()
                .forEach((folder, line) ->
                        needs(
                                "%s:%d: %s is a link, and no member of the workspace"
                                        .formatted(Project.PYPROJECT, line, shown(folder)),
                                "name it in members without a wildcard, if it is meant"));
        for (Map.Entry<Path, Integer> each : folders.found().entrySet()) {
            Path folder = each.getKey();
            if (!workspace.members().containsKey(folder) && holdsAnything(folder)) {
                needs(
                        "%s:%d: %s is no member of the workspace: it has no pyproject.toml with a [project] name"
                                .formatted(Project.PYPROJECT, each.getValue(), shown(folder)),
                        "write one, or exclude it in [tool.uv.workspace]");
            }
        }
    }

    private String shown(Path folder) {
        return Visible.of(directory.relativize(folder).toString());
    }

    /** A folder with nothing but hidden files is left behind by something else. */
    private static boolean holdsAnything(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "[!.]*")) {
            return entries.iterator().hasNext();
        }
    }

    /**
     * Other tools' files in the folder.
     *
     * @param read the files that were
     * @param hasProject whether {@code [project]} or a requirements file says what is needed
     * @param isPackage whether its build backend is asked
     */
    void besides(Collection<Path> read, boolean hasProject, boolean isPackage) throws IOException {
        boolean hasRequirements = read.stream().anyMatch(this::isRequirements);
        if (isPackage ? hasRequirements : !hasProject || hasRequirements) {
            if (!isPackage && isFile("setup.py")) {
                needs("setup.py is not read, since it is a program", PROJECT_TABLE);
            }
            if (!isPackage && isFile("setup.cfg") && mentions("setup.cfg", "install_requires")) {
                needs("setup.cfg is not read", PROJECT_TABLE);
            }
            for (Path file : otherRequirements(read)) {
                String name = directory.relativize(file).toString();
                needs(
                        name + " is not read",
                        "blast sync -r %1$s adds it once, -r %1$s in requirements.txt for good"
                                .formatted(name));
            }
        }
        if (isFile("Pipfile")) {
            needs("Pipfile is not read", PROJECT_TABLE);
        }
        var conda = new TreeSet<Path>();
        collect(directory, "{environment,conda}*.{yml,yaml}", conda);
        for (Path file : conda) {
            String name = directory.relativize(file).toString();
            needs(name + " is not read: conda's packages are no wheels", PROJECT_TABLE);
        }
        if (isFile("pixi.toml")) {
            needs("pixi.toml is not read: conda's packages are no wheels", PROJECT_TABLE);
        }
        if (isFile("uv.toml")) {
            versionsOnly("uv.toml is not read", "[tool.blast] says which indexes are asked");
        }
        if (!isFile("pylock.toml")) {
            if (!hasProject) {
                var named = new TreeSet<Path>();
                collect(directory, "pylock.*.toml", named);
                for (Path file : named) {
                    needs(file.getFileName() + " is not read", "name it pylock.toml");
                }
            }
            OTHER_LOCKS.forEach((name, instead) -> {
                if (isFile(name)) {
                    versionsOnly(name + " is not read", instead);
                }
            });
        }
    }

    private boolean isRequirements(Path file) {
        return file.equals(directory.resolve(Project.REQUIREMENTS)) && Files.exists(file);
    }

    /** Whether setuptools makes a package of it. */
    boolean isOfPackage(String name) throws IOException {
        return isFile(name) && (name.equals("setup.py") || mentions(name, "[metadata]"));
    }

    private boolean isFile(String name) {
        return Files.isRegularFile(directory.resolve(name));
    }

    private boolean mentions(String name, String word) throws IOException {
        byte[] bytes = OrdinaryFile.bytes(directory.resolve(name));
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(word);
    }

    /** {@code requirements-dev.txt}, {@code dev-requirements.in} and {@code requirements/*.txt}. */
    private List<Path> otherRequirements(Collection<Path> read) throws IOException {
        var found = new TreeSet<Path>();
        collect(directory, "*[rR]equirements*.{txt,in}", found);
        Path folder = directory.resolve("requirements");
        if (Files.isDirectory(folder)) {
            collect(folder, "*.{txt,in}", found);
        }
        found.removeAll(read);
        return found.stream().limit(NAMED).toList();
    }

    private static void collect(Path folder, String glob, Set<Path> found) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    found.add(file);
                }
            }
        }
    }
}
