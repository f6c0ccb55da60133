package dev.blast.environment.project;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Visible;
import dev.blast.toml.TomlDocument;
import dev.blast.toml.TomlException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A workspace of uv: a root whose {@code [tool.uv.workspace]} names the folders of projects that
 * belong together. The names of these projects are none of an index.
 *
 * @param root the folder that names the others
 * @param members by folder, in the order of their paths; without the root itself
 */
record UvWorkspace(Path root, TomlDocument toml, Map<Path, PackageName> members) {
    /** A folder that names more is not understood as one of people's. */
    private static final int MOST_MEMBERS = 2000;

    /**
     * The workspace that a project is the root or a member of. The root of a member is looked for
     * upwards, as far as {@link ProjectSearch} goes.
     *
     * @param own the project's own file, read already
     */
    static Optional<UvWorkspace> around(Path directory, TomlDocument own)
            throws EnvironmentException {
        try {
            for (Path folder = directory;
                    folder != null;
                    folder = ProjectSearch.above(folder, directory)) {
                Optional<UvWorkspace> workspace =
                        folder.equals(directory) ? at(folder, own) : at(folder);
                if (workspace.isPresent()) {
                    return workspace.filter(found ->
                            found.root.equals(directory) || found.members.containsKey(directory));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot look for the workspace of %s: %s"
                            .formatted(directory, Cause.of(e, directory)),
                    e);
        }
    }

    private static Optional<UvWorkspace> at(Path folder) throws EnvironmentException, IOException {
        Path file = folder.resolve(Project.PYPROJECT);
        return Files.isRegularFile(file) ? at(folder, document(file)) : Optional.empty();
    }

    private static Optional<UvWorkspace> at(Path folder, TomlDocument toml)
            throws EnvironmentException, IOException {
        if (!(table(toml.values(), "tool", "uv", "workspace") instanceof Map<?, ?> workspace)) {
            return Optional.empty();
        }
        Set<Path> folders = folders(folder, workspace);
        var members = new LinkedHashMap<Path, PackageName>();
        for (Path member : folders) {
            name(member.resolve(Project.PYPROJECT)).ifPresent(name -> members.put(member, name));
        }
        return Optional.of(new UvWorkspace(folder, toml, members));
    }

    private static Set<Path> folders(Path root, Map<?, ?> workspace)
            throws EnvironmentException, IOException {
        var folders = new TreeSet<Path>();
        try {
            for (String pattern : texts(workspace.get("members"))) {
                expand(root, List.of(pattern.split("/+", -1)), folders);
            }
            for (String pattern : texts(workspace.get("exclude"))) {
                var excluded = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
                folders.removeIf(each -> excluded.matches(root.relativize(each)));
            }
        } catch (PatternSyntaxException | InvalidPathException e) {
            throw new EnvironmentException(
                    "%s: [tool.uv.workspace] has a pattern that names no folders: %s"
                            .formatted(
                                    root.resolve(Project.PYPROJECT),
                                    Visible.of(String.valueOf(e.getMessage()))),
                    e);
        }
        folders.remove(root);
        return folders;
    }

    private static TomlDocument document(Path file) throws EnvironmentException {
        try {
            return TomlDocument.parse(
                    file.toString(), ProjectFile.read(file, file.toString()).utf8());
        } catch (TomlException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    private static Optional<PackageName> name(Path file) throws EnvironmentException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Object name = table(document(file).values(), "project", "name");
        try {
            return name instanceof String text
                    ? Optional.of(PackageName.parse(text))
                    : Optional.empty();
        } catch (InvalidSyntaxException e) {
            throw new EnvironmentException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static Object table(Map<?, ?> values, String... path) {
        Object at = values;
        for (String step : path) {
            at = at instanceof Map<?, ?> map && map.containsKey(step) ? map.get(step) : "";
        }
        return at;
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The folders that a pattern names, step by step; {@code **} passes hidden folders over. */
    private static void expand(Path base, List<String> steps, Set<Path> found)
            throws IOException, EnvironmentException {
        if (found.size() > MOST_MEMBERS) {
            throw new EnvironmentException(
                    "%s: [tool.uv.workspace] names more than %d folders"
                            .formatted(base, MOST_MEMBERS));
        }
        if (steps.isEmpty()) {
            found.add(base);
            return;
        }
        String step = steps.getFirst();
        List<String> rest = steps.subList(1, steps.size());
        if (step.equals("**")) {
            expand(base, rest, found);
            for (Path folder : foldersIn(base, "[!.]*")) {
                expand(folder, steps, found);
            }
        } else {
            for (Path folder : foldersIn(base, step)) {
                expand(folder, rest, found);
            }
        }
    }

    private static List<Path> foldersIn(Path base, String glob) throws IOException {
        if (glob.matches("[^*?\\[{\\\\]*")) {
            Path named = base.resolve(glob).normalize();
            return Files.isDirectory(named) ? List.of(named) : List.of();
        }
        var folders = new ArrayList<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(base, glob)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(entry);
                }
            }
        }
        return folders;
    }
}
