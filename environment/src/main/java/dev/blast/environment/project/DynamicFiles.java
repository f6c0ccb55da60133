package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PyProject;
import dev.blast.packaging.Visible;
import dev.blast.solver.RootRequirement;
import dev.blast.toml.TomlDocument;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a project leaves to setuptools and setuptools takes from files: {@code
 * [tool.setuptools.dynamic] dependencies = {file = "requirements.in"}}. No build is needed to know
 * it. Reads while it is made; for one thread.
 *
 * <p>Source: setuptools' documentation, "Dynamic Metadata".
 */
final class DynamicFiles {
    private static final String DEPENDENCIES = "dependencies";
    private static final String EXTRAS = "optional-dependencies";

    private final Path directory;
    private final TomlDocument toml;
    private final ProjectTexts texts;
    private final List<RootRequirement> dependencies = new ArrayList<>();
    private final Map<ExtraName, List<RootRequirement>> extras = new LinkedHashMap<>();
    private final Set<Path> files = new LinkedHashSet<>();
    private final Set<String> said = new LinkedHashSet<>();

    private DynamicFiles(Path directory, TomlDocument toml, ProjectTexts texts) {
        this.directory = directory;
        this.toml = toml;
        this.texts = texts;
    }

    static DynamicFiles of(
            Path directory, TomlDocument toml, PyProject pyproject, ProjectTexts texts)
            throws EnvironmentException {
        var dynamic = new DynamicFiles(directory, toml, texts);
        Map<?, ?> says = table(table(table(toml.values(), "tool"), "setuptools"), "dynamic");
        if (says != null) {
            dynamic.read(says, pyproject.dynamic());
        }
        return dynamic;
    }

    private static @Nullable Map<?, ?> table(@Nullable Map<?, ?> table, String key) {
        return table != null && table.get(key) instanceof Map<?, ?> below ? below : null;
    }

    private void read(Map<?, ?> says, Iterable<String> fields) throws EnvironmentException {
        for (String field : fields) {
            Map<?, ?> said = table(says, field);
            if (said != null && field.equals(DEPENDENCIES)) {
                read(said, field, null, dependencies);
            } else if (said != null && field.equals(EXTRAS)) {
                for (Map.Entry<?, ?> each : said.entrySet()) {
                    ExtraName extra = extra(String.valueOf(each.getKey()));
                    if (each.getValue() instanceof Map<?, ?> directive) {
                        var requirements = new ArrayList<RootRequirement>();
                        read(directive, field, extra, requirements);
                        extras.put(extra, requirements);
                    }
                }
            }
        }
    }

    private void read(
            Map<?, ?> directive,
            String field,
            @Nullable ExtraName extra,
            List<RootRequirement> requirements)
            throws EnvironmentException {
        Object named = directive.get("file");
        List<?> names =
                named instanceof List<?> several
                        ? several
                        : named == null ? List.of() : List.of(named);
        for (Object name : names) {
            Path file = file(name, field);
            RequirementsFile read = RequirementsFile.read(file, directory, Map.of(), texts);
            for (RootRequirement root : read.requirements()) {
                requirements.add(root.of(extra));
            }
            files.addAll(read.files());
            said.add(field);
        }
    }

    private ExtraName extra(String name) throws EnvironmentException {
        try {
            return new ExtraName(name);
        } catch (InvalidSyntaxException e) {
            throw wrong(String.valueOf(e.getMessage()), EXTRAS);
        }
    }

    /** setuptools takes files of the project alone, too. */
    private Path file(Object name, String field) throws EnvironmentException {
        Path file;
        try {
            file = directory.resolve(String.valueOf(name)).normalize();
        } catch (InvalidPathException e) {
            throw wrong("no file can have this name: " + e.getMessage(), field);
        }
        if (!file.startsWith(directory)) {
            throw wrong(file + " lies outside the project", field);
        }
        if (!Files.exists(file)) {
            throw wrong("there is no file " + file, field);
        }
        return file;
    }

    private EnvironmentException wrong(String message, String field) {
        return new EnvironmentException(
                toml.error(Visible.of(message), "tool", "setuptools", "dynamic", field));
    }

    List<RootRequirement> dependencies() {
        return List.copyOf(dependencies);
    }

    Map<ExtraName, List<RootRequirement>> extras() {
        return Map.copyOf(extras);
    }

    /** Those read, absolute. */
    Set<Path> files() {
        return Set.copyOf(files);
    }

    /** Whether a dynamic field is in files. */
    boolean says(String field) {
        return said.contains(field);
    }
}
