package dev.blast.environment.project;

import dev.blast.environment.TextEncoding;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.InterpreterRequest;
import dev.blast.packaging.InvalidSyntaxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The {@code .python-version} of a project: a wish, followed where an interpreter here fits it and
 * the project. It names versions; a path in it is a stranger's.
 *
 * @param wish its first line that says something
 */
public record PythonVersionFile(String wish) {
    public static final String NAME = ".python-version";

    /** What a project's says; empty where there is none, or nothing in it. */
    public static Optional<PythonVersionFile> of(Project project) {
        Path file = project.directory().resolve(NAME);
        try {
            byte[] bytes = OrdinaryFile.bytes(file);
            TextEncoding encoding = TextEncoding.byMark(bytes);
            int mark = encoding.markBytes();
            return new String(bytes, mark, bytes.length - mark, encoding.charset())
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .map(PythonVersionFile::new)
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** As a request; empty where it is none that can be followed. */
    public Optional<InterpreterRequest.Matching> request() {
        try {
            return InterpreterRequest.parse(wish) instanceof InterpreterRequest.Matching matching
                    ? Optional.of(matching)
                    : Optional.empty();
        } catch (InvalidSyntaxException | java.nio.file.InvalidPathException _) {
            return Optional.empty();
        }
    }

    /** Whether this interpreter is what it asks for. */
    public boolean isFollowedBy(Interpreter interpreter) {
        return request().map(matching -> matching.fits(interpreter)).orElse(false);
    }
}
