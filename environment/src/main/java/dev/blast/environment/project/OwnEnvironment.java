package dev.blast.environment.project;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.Message;
import dev.blast.toml.TomlDocument;
import dev.blast.toml.TomlException;
import java.nio.file.Path;

/**
 * Where a project's own file says that its environment is: {@code [tool.blast] environment}. Asked
 * before the project is read, so a file that does not hold the word is not parsed.
 */
public final class OwnEnvironment {
    private static final String WORD = "environment";

    private OwnEnvironment() {}

    /**
     * The environment of the project in a folder, as far as the project decides it.
     *
     * @throws EnvironmentException with file, line and column, where that cannot be understood
     */
    public static Environment of(Path directory) throws EnvironmentException {
        Path file = directory.resolve(Project.PYPROJECT);
        if (!Project.isThere(file)) {
            return Environment.in(directory);
        }
        String text = ProjectFile.read(file, Project.PYPROJECT).utf8();
        if (!text.contains(WORD)) {
            return Environment.in(directory);
        }
        try {
            return Settings.environment(TomlDocument.parse(Project.PYPROJECT, text))
                    .map(place -> new Environment(directory.resolve(place), directory))
                    .orElseGet(() -> Environment.in(directory));
        } catch (TomlException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }
}
