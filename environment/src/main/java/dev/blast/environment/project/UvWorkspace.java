package dev.blast.environment.project;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.toml.TomlDocument;
import dev.blast.toml.TomlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A workspace of uv: a root whose {@code [tool.uv.workspace]} names the folders of projects that
 * belong together. The names of these projects are none of an index.
 *
 * @param root the folder that names the others
 * @param members by folder, in the order of their paths; without the root itself
 * @param folders that its patterns name
 */
record UvWorkspace(
        Path root, TomlDocument toml, Map<Path, UvMember> members, MemberFolders folders) {
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
        MemberFolders folders = MemberFolders.of(folder, toml, workspace);
        var members = new LinkedHashMap<Path, UvMember>();
        for (Map.Entry<Path, Integer> each : folders.found().entrySet()) {
            name(each.getKey().resolve(Project.PYPROJECT))
                    .ifPresent(name ->
                            members.put(each.getKey(), new UvMember(name, each.getValue())));
        }
        return Optional.of(new UvWorkspace(folder, toml, members, folders));
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
            return name instanceof String text && !text.isEmpty()
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
}
