package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.Visible;
import dev.blast.toml.TomlDocument;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/**
 * The folders that {@code members} and {@code exclude} of a workspace name. Fills its collections
 * while it looks; for one thread.
 */
final class MemberFolders {
    /** A folder that names more is not understood as one of people's. */
    private static final int MOST_MEMBERS = 2000;

    private final Path root;
    private final TomlDocument toml;

    /** Each with the line of the first pattern that names it, in the order of paths. */
    private final Map<Path, Integer> found = new TreeMap<>();

    /** What was looked through for them: another may be there tomorrow. */
    private final Set<Path> listed = new TreeSet<>();

    /** Links that a pattern with a wildcard fits. */
    private final Map<Path, Integer> links = new TreeMap<>();

    /** Patterns that name nothing, as they are written, with their lines. */
    private final Map<String, Integer> idle = new TreeMap<>();

    /** Of the pattern that is followed. */
    private int line;

    private MemberFolders(Path root, TomlDocument toml) {
        this.root = root;
        this.toml = toml;
    }

    /**
     * Looks for them.
     *
     * @param workspace the table {@code [tool.uv.workspace]}
     */
    static MemberFolders of(Path root, TomlDocument toml, Map<?, ?> workspace)
            throws EnvironmentException, IOException {
        var folders = new MemberFolders(root, toml);
        try {
            folders.find(folders.texts(workspace, "members"));
            for (String pattern : folders.texts(workspace, "exclude")) {
                var excluded = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
                folders.found.keySet().removeIf(it -> excluded.matches(root.relativize(it)));
                folders.links.keySet().removeIf(it -> excluded.matches(root.relativize(it)));
            }
        } catch (PatternSyntaxException | InvalidPathException e) {
            throw new EnvironmentException(
                    "%s: [tool.uv.workspace] has a pattern that names no folders: %s"
                            .formatted(
                                    root.resolve(Project.PYPROJECT),
                                    Visible.of(String.valueOf(e.getMessage()))),
                    e);
        }
        folders.found.remove(root);
        return folders;
    }

    Map<Path, Integer> found() {
        return found;
    }

    Set<Path> listed() {
        return listed;
    }

    Map<Path, Integer> links() {
        return links;
    }

    Map<String, Integer> idle() {
        return idle;
    }

    private List<String> texts(Map<?, ?> workspace, String key) throws EnvironmentException {
        Object value = workspace.containsKey(key) ? workspace.get(key) : List.of();
        if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            throw new EnvironmentException(
                    toml.error(
                            "%s of [tool.uv.workspace] is a list of texts".formatted(key),
                            "tool",
                            "uv",
                            "workspace",
                            key));
        }
        return list.stream().map(String::valueOf).toList();
    }

    private void find(List<String> patterns) throws EnvironmentException, IOException {
        for (int i = 0; i < patterns.size(); i++) {
            line = toml.line("tool", "uv", "workspace", "members", i);
            String pattern = patterns.get(i);
            var all = new TreeSet<Path>();
            int before = links.size();
            expand(root, List.of(pattern.split("/+", -1)), all);
            all.forEach(folder -> found.putIfAbsent(folder, line));
            if (all.isEmpty() && links.size() == before) {
                idle.put(pattern, line);
            }
        }
    }

    /** The folders that a pattern names, step by step; {@code **} passes hidden folders over. */
    private void expand(Path base, List<String> steps, Set<Path> all)
            throws IOException, EnvironmentException {
        if (all.size() > MOST_MEMBERS) {
            throw new EnvironmentException(
                    "%s: [tool.uv.workspace] names more than %d folders"
                            .formatted(base, MOST_MEMBERS));
        }
        if (steps.isEmpty()) {
            all.add(base);
            return;
        }
        String step = steps.getFirst();
        List<String> rest = steps.subList(1, steps.size());
        if (step.equals("**")) {
            if (!base.startsWith(root)) {
                throw new EnvironmentException(
                        toml.error(
                                "a pattern with ** that leaves the workspace looks through all of this machine; name the folders",
                                "tool",
                                "uv",
                                "workspace",
                                "members"));
            }
            expand(base, rest, all);
            for (Path folder : foldersIn(base, "[!.]*")) {
                expand(folder, steps, all);
            }
        } else {
            for (Path folder : foldersIn(base, step)) {
                expand(folder, rest, all);
            }
        }
    }

    private List<Path> foldersIn(Path base, String glob) throws IOException {
        if (glob.matches("[^*?\\[{\\\\]*")) {
            Path named = base.resolve(glob).normalize();
            return Files.isDirectory(named) ? List.of(named) : List.of();
        }
        listed.add(base);
        var folders = new ArrayList<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(base, glob)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(entry);
                } else if (Files.isRegularFile(entry.resolve(Project.PYPROJECT))) {
                    links.put(entry, line);
                }
            }
        }
        return folders;
    }
}
