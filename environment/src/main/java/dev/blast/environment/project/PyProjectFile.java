package dev.blast.environment.project;

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
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code pyproject.toml} with what it says.
 *
 * @param name how it is called, from the folder of the project that is read: {@code
 *     pyproject.toml}, {@code packages/api/pyproject.toml}
 */
record PyProjectFile(String name, TomlDocument toml, PyProject content) {

    static PyProjectFile read(Path file, String name, ProjectTexts texts)
            throws EnvironmentException {
        TomlDocument toml;
        try {
            toml = TomlDocument.parse(name, texts.read(file, name).utf8(), texts.memory());
        } catch (TomlException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
        try {
            return new PyProjectFile(name, toml, PyProject.of(toml.values(), toml));
        } catch (InvalidDocumentException e) {
            throw new EnvironmentException(toml.error(e.line(), String.valueOf(e.getMessage())));
        }
    }

    /** {@code pyproject.toml:14}. */
    String place(Object... path) {
        return name + ":" + toml.line(path);
    }

    boolean hasBuildSystem() {
        return toml.values().containsKey("build-system");
    }

    /** What {@code [tool.uv] package} says. */
    Optional<Boolean> isPackage() {
        return toml.values().get("tool") instanceof Map<?, ?> tool
                        && tool.get("uv") instanceof Map<?, ?> uv
                        && uv.get("package") instanceof Boolean said
                ? Optional.of(said)
                : Optional.empty();
    }

    Optional<PythonNeed> requiresPython() {
        return Optional.ofNullable(content.requiresPython())
                .map(it -> new PythonNeed(it.value(), name + ":" + it.line()));
    }

    List<RootRequirement> dependencies() {
        return roots(content.dependencies(), null);
    }

    Map<ExtraName, List<RootRequirement>> extras() {
        return byName(content.optionalDependencies());
    }

    Map<ExtraName, List<RootRequirement>> groups() {
        return byName(content.dependencyGroups());
    }

    /** All that it asks for, by whichever name. */
    Stream<RootRequirement> requirements() {
        return Stream.of(List.of(dependencies()), extras().values(), groups().values())
                .flatMap(Collection::stream)
                .flatMap(List::stream);
    }

    private Map<ExtraName, List<RootRequirement>> byName(
            Map<ExtraName, List<Located<Requirement>>> named) {
        var roots = new LinkedHashMap<ExtraName, List<RootRequirement>>();
        named.forEach((each, requirements) -> roots.put(each, roots(requirements, each)));
        return roots;
    }

    private List<RootRequirement> roots(
            List<Located<Requirement>> requirements, @Nullable ExtraName group) {
        return requirements.stream()
                .map(requirement ->
                        new RootRequirement(
                                requirement.value(),
                                requirement.line() == 0 ? name : name + ":" + requirement.line(),
                                group))
                .toList();
    }
}
