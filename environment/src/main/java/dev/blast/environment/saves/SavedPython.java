package dev.blast.environment.saves;

import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.InterpreterRequest;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;

/**
 * The interpreter of an environment that was saved.
 *
 * @param implementation {@code cpython}
 * @param platform what wheels for it are named by, the closest: {@code manylinux_2_39_x86_64}
 */
public record SavedPython(
        String implementation, Version version, boolean freeThreaded, String platform) {

    public static SavedPython of(Interpreter interpreter) {
        return new SavedPython(
                interpreter.implementation(),
                interpreter.version(),
                interpreter.freeThreaded(),
                interpreter.tags().tags().getFirst().platform());
    }

    /** Whether packages lie and are compiled for it as for another: 3.12 is 3.12. */
    public boolean isLike(Interpreter interpreter) {
        return implementation.equals(interpreter.implementation())
                && freeThreaded == interpreter.freeThreaded()
                && minor().equals(minor(interpreter.version()));
    }

    /** {@code 3.12}. */
    public String minor() {
        return minor(version);
    }

    private static String minor(Version version) {
        return version.major() + "." + version.minor();
    }

    /**
     * What asks for one like it.
     *
     * @param exactly whether it has to be of that very version
     */
    public InterpreterRequest.Matching request(boolean exactly) {
        String of = exactly ? version.toString() : minor();
        return new InterpreterRequest.Matching(
                implementation,
                SpecifierSet.parse("==" + of + (exactly ? "" : ".*")),
                freeThreaded,
                implementation + "@" + of + (freeThreaded ? "t" : ""));
    }
}
