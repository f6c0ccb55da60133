package dev.blast.environment.project;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.NotUnderstoodException;
import dev.blast.packaging.Message;
import dev.blast.toml.TomlDocument;
import dev.blast.toml.TomlException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a project's own file says of its environment: {@code [tool.blast] environment} and {@code
 * compile-bytecode}. Asked before the project is read, so a file that does not hold the word is not
 * parsed.
 */
public final class OwnEnvironment {
    private OwnEnvironment() {}

    /**
     * The environment of the project in a folder, as far as the project decides it.
     *
     * @throws EnvironmentException with file, line and column, where that cannot be understood
     */
    public static Environment of(Path directory) throws EnvironmentException {
        return NotUnderstoodException.in(() -> {
            Optional<TomlDocument> file = document(directory, "environment");
            Optional<Path> place =
                    file.isPresent() ? Settings.environment(file.get()) : Optional.empty();
            return place.map(it -> new Environment(directory.resolve(it), directory))
                    .orElseGet(() -> Environment.in(directory));
        });
    }

    /** Whether the project wants what is installed compiled. */
    public static boolean isCompiled(Path directory) throws EnvironmentException {
        return NotUnderstoodException.in(() -> {
            Optional<TomlDocument> file = document(directory, "compile-bytecode");
            return file.isPresent() && Settings.compiles(file.get());
        });
    }

    /** The project's file, if it is there and holds this word. */
    private static Optional<TomlDocument> document(Path directory, String word)
            throws EnvironmentException {
        Path file = directory.resolve(Project.PYPROJECT);
        if (!Project.isThere(file)) {
            return Optional.empty();
        }
        String text = ProjectFile.read(file, Project.PYPROJECT).utf8();
        try {
            return text.contains(word)
                    ? Optional.of(TomlDocument.parse(Project.PYPROJECT, text))
                    : Optional.empty();
        } catch (TomlException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }
}
