package dev.blast.enforcer.plan;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a sandboxed program's standard streams lead: a file, or what the caller itself has (null).
 * A file for output is created, and emptied if it exists.
 */
public record Stdio(@Nullable Path input, @Nullable Path output, @Nullable Path error) {

    /** The caller's own terminal, pipes or files. */
    public static Stdio inherit() {
        return new Stdio(null, null, null);
    }

    /** Nothing to read; both outputs into one file. */
    public static Stdio logged(Path file) {
        return new Stdio(Path.of("/dev/null"), file, file);
    }
}
