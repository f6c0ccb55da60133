package dev.blast.environment.interpreter;

import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.TagSet;
import dev.blast.packaging.Version;
import dev.blast.solver.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Python interpreter and what it says about itself.
 *
 * @param executable the absolute path to start it by; never one inside a virtual environment, never
 *     a shim
 * @param implementation "cpython", "pypy"
 * @param version the full version, 3.12.1
 * @param freeThreaded whether it was built without the global lock
 * @param markers the values that environment markers are evaluated with
 * @param tags the wheels it can use, best first
 * @param venvScheme where things go in a venv made for it
 * @param basePrefix the folder it is installed in (sys.base_prefix): what a process needs to see of
 *     it lies there
 * @param standardLibrary the folder of its standard library
 * @param externallyManagedMessage the text of its EXTERNALLY-MANAGED file (PEP 668); null where
 *     there is none
 * @param bundledWheels the wheels of its ensurepip: pip, and setuptools before Python 3.12; empty
 *     where it has none
 */
public record Interpreter(
        Path executable,
        String implementation,
        Version version,
        boolean freeThreaded,
        MarkerEnvironment markers,
        TagSet tags,
        Scheme venvScheme,
        Path basePrefix,
        Path standardLibrary,
        @Nullable String externallyManagedMessage,
        List<Path> bundledWheels) {

    public Interpreter {
        bundledWheels = List.copyOf(bundledWheels);
    }

    /** Whether the other is this one, by whatever name: {@code python}, {@code python3.12}. */
    public boolean isSameAs(Interpreter other) {
        try {
            return version.equals(other.version)
                    && basePrefix.equals(other.basePrefix)
                    && Files.isSameFile(executable, other.executable);
        } catch (IOException _) {
            return false; // one of them has gone
        }
    }

    /** What answers for it have to fit. */
    public Target target() {
        return new Target(version, markers, tags);
    }

    /**
     * What the system says to those who want to install into this interpreter itself; a venv of it
     * is free of that.
     */
    public Optional<String> externallyManaged() {
        return Optional.ofNullable(externallyManagedMessage);
    }
}
