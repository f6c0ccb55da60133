package dev.blast.environment.interpreter;

import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.SpecifierSet;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which interpreter is wanted. */
public sealed interface InterpreterRequest {

    /**
     * Any that fits.
     *
     * @param implementationName "cpython", "pypy"; null for any
     * @param versions of the interpreter; an empty set takes every version that Blast supports
     * @param freeThreaded whether one without the global lock is wanted; no other request gets one
     * @param text how it was asked for, for messages
     */
    record Matching(
            @Nullable String implementationName,
            SpecifierSet versions,
            boolean freeThreaded,
            String text)
            implements InterpreterRequest {

        public Optional<String> implementation() {
            return Optional.ofNullable(implementationName);
        }

        /** Whether an interpreter is one of them. */
        public boolean fits(Interpreter interpreter) {
            return versions.contains(interpreter.version(), true)
                    && freeThreaded == interpreter.freeThreaded()
                    && (implementationName == null
                            || implementationName.equals(interpreter.implementation()));
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Exactly this one; a folder means the interpreter in it or in its bin. */
    record At(Path executable) implements InterpreterRequest {
        @Override
        public String toString() {
            return executable.toString();
        }
    }

    /**
     * From what people write: a path, "3.12", "3.12.1", "3.13t", ">=3.11", "cpython@3.12", "pypy",
     * "python3.12". What holds a '/' is a path, relative to the working folder.
     *
     * @throws InvalidSyntaxException if it is none of these
     */
    static InterpreterRequest parse(String text) {
        if (text.contains("/") || text.equals(".") || text.equals("..")) {
            return new At(Path.of(text).toAbsolutePath().normalize());
        }
        Matcher named = NAMED.matcher(text);
        if (named.matches() && !text.isBlank()) {
            String name = named.group("name");
            String version = named.group("version");
            String implementation =
                    name == null || name.equals("python")
                            ? null
                            : name.equals("cp") ? "cpython" : name;
            return new Matching(
                    implementation,
                    release(version),
                    named.group("threads") != null,
                    "Python " + text);
        }
        Matcher ranged = RANGED.matcher(text);
        if (ranged.matches()) {
            String name = ranged.group("name");
            String implementation = name == null || name.equals("python") ? null : name;
            SpecifierSet versions = SpecifierSet.parse(ranged.group("range"));
            return new Matching(implementation, versions, false, "Python " + text);
        }
        throw new InvalidSyntaxException(
                "not a path, a version or a range of versions ('3.12', '>=3.11', 'cpython@3.12')",
                text,
                0);
    }

    /** For what a project says in requires-python. */
    static InterpreterRequest fitting(SpecifierSet requiresPython) {
        String text =
                requiresPython.specifiers().isEmpty()
                        ? "any Python"
                        : "Python " + requiresPython + " (requires-python)";
        return new Matching(null, requiresPython, false, text);
    }

    private static SpecifierSet release(@Nullable String version) {
        if (version == null) {
            return SpecifierSet.ANY;
        }
        boolean exact = version.chars().filter(c -> c == '.').count() == 2;
        return SpecifierSet.parse("==" + version + (exact ? "" : ".*"));
    }

    /** "3.12", "python3.12", "cpython@3.12", "pypy-3.10", "3.13t". */
    Pattern NAMED =
            Pattern.compile(
                    "(?<name>python|cpython|cp|pypy|graalpy)?[@-]?(?<version>\\d+(?:\\.\\d+){0,2}(?:(?:a|b|rc)\\d+)?)?(?<threads>t)?");

    /** ">=3.11,<3.13", "cpython>=3.11". */
    Pattern RANGED =
            Pattern.compile("(?<name>python|cpython|pypy|graalpy)?@?(?<range>\\s*[<>=!~].*)");
}
