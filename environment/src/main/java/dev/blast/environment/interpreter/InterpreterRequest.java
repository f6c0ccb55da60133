package dev.blast.environment.interpreter;

import dev.blast.packaging.SpecifierSet;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which interpreter is wanted. */
public sealed interface InterpreterRequest {

    /**
     * Any that fits.
     *
     * @param implementationName "cpython", "pypy"; null for any
     * @param versions of the interpreter; an empty set takes every version that Blast supports
     * @param text how it was asked for, for messages
     */
    record Matching(@Nullable String implementationName, SpecifierSet versions, String text)
            implements InterpreterRequest {
        public Optional<String> implementation() {
            return Optional.ofNullable(implementationName);
        }
    }

    /** Exactly this one; a folder means the interpreter in it or in its bin. */
    record At(Path executable) implements InterpreterRequest {}

    /**
     * From what people write: a path, "3.12", "3.12.1", ">=3.11", "cpython@3.12", "pypy",
     * "python3.12".
     *
     * @throws dev.blast.packaging.InvalidSyntaxException if it is none of these
     */
    static InterpreterRequest parse(String text) {
        throw new IllegalStateException("in the making" + text);
    }

    /** For what a project says in requires-python. */
    static InterpreterRequest fitting(SpecifierSet requiresPython) {
        return new Matching(null, requiresPython, "requires-python " + requiresPython);
    }
}
