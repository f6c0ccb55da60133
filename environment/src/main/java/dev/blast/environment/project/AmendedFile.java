package dev.blast.environment.project;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of a project that is to hold something else, and what it must hold until then. */
public final class AmendedFile {
    private final Path file;
    private final byte @Nullable [] before;
    private final byte[] after;
    private final List<AmendedLines> lines;

    AmendedFile(Path file, byte @Nullable [] before, byte[] after, List<AmendedLines> lines) {
        this.file = file;
        this.before = before == null ? null : before.clone();
        this.after = after.clone();
        this.lines = List.copyOf(lines);
    }

    /** Relative to the project's folder. */
    public Path file() {
        return file;
    }

    /** Null where there is none until then. */
    public byte @Nullable [] before() {
        return before == null ? null : before.clone();
    }

    public byte[] after() {
        return after.clone();
    }

    /** What is different in it, from above. */
    public List<AmendedLines> lines() {
        return lines;
    }
}
