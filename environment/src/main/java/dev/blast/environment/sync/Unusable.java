package dev.blast.environment.sync;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.BuildException;

/**
 * A version whose file was tried and cannot be installed.
 *
 * @param why a sentence about the file, without the version before it
 * @param bundled it came with the interpreter: there is no other
 */
record Unusable(PackageName name, Version version, String why, boolean bundled) {
    /** A source that was not built: the rest of what is said has been told. */
    static Unusable of(Wanted wanted, BuildException refused) {
        return new Unusable(
                wanted.name(),
                wanted.version(),
                refused.sentence().replaceFirst("^cannot be built: ", ""),
                false);
    }

    static Unusable of(Wanted wanted, Exception refused) {
        return new Unusable(
                wanted.name(),
                wanted.version(),
                String.valueOf(refused.getMessage())
                        .replaceAll("\\R\\s*", ", ")
                        .replaceAll(" +", " "),
                wanted.source() instanceof Wanted.Source.Bundled);
    }
}
