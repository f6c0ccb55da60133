package dev.blast.environment.install;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What lstat(2) says of a file.
 *
 * @param mode with the bits of its kind
 * @param changedNanos its ctime, in nanoseconds since 1970
 */
record Inode(int mode, long sizeBytes, long changedNanos) {
    private static final int KIND = 0170000;
    private static final int REGULAR = 0100000;
    private static final int WRITE = 0222;

    static Inode of(Path path) throws IOException {
        Map<String, Object> values =
                Files.readAttributes(path, "unix:mode,size,ctime", LinkOption.NOFOLLOW_LINKS);
        return new Inode(
                (int) requireNonNull(values.get("mode")),
                (long) requireNonNull(values.get("size")),
                ((FileTime) requireNonNull(values.get("ctime"))).to(TimeUnit.NANOSECONDS));
    }

    boolean isRegularFile() {
        return (mode & KIND) == REGULAR;
    }

    boolean isWritable() {
        return (mode & WRITE) != 0;
    }

    /** Without the bits of its kind. */
    int permissions() {
        return mode & ~KIND;
    }
}
