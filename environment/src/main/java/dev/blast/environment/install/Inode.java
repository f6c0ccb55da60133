package dev.blast.environment.install;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What lstat(2) says of a file.
 *
 * @param mode with the bits of its kind
 * @param device the filesystem that it lies on
 * @param number there
 * @param links names that it has
 * @param modifiedNanos its mtime, in nanoseconds since 1970
 * @param changedNanos its ctime, in nanoseconds since 1970
 */
public record Inode(
        int mode,
        long sizeBytes,
        long device,
        long number,
        int links,
        long modifiedNanos,
        long changedNanos) {
    private static final int KIND = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 0040000;
    private static final int LINK = 0120000;
    private static final int WRITE = 0222;
    private static final int PERMISSIONS = 0777;

    /** Of a name itself, and not of what a link of this name leads to. */
    public static Inode of(Path path) throws IOException {
        Map<String, Object> values =
                Files.readAttributes(
                        path,
                        "unix:mode,size,dev,ino,nlink,lastModifiedTime,ctime",
                        LinkOption.NOFOLLOW_LINKS);
        return new Inode(
                (int) requireNonNull(values.get("mode")),
                (long) requireNonNull(values.get("size")),
                (long) requireNonNull(values.get("dev")),
                (long) requireNonNull(values.get("ino")),
                (int) requireNonNull(values.get("nlink")),
                nanos(values.get("lastModifiedTime")),
                nanos(values.get("ctime")));
    }

    private static long nanos(@Nullable Object time) {
        return ((FileTime) requireNonNull(time)).to(TimeUnit.NANOSECONDS);
    }

    /** Sets the mtime of a name itself, in nanoseconds since 1970. */
    public static Path setModified(Path path, long nanos) throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(nanos, TimeUnit.NANOSECONDS), null, null);
        return path;
    }

    public boolean isRegularFile() {
        return (mode & KIND) == REGULAR;
    }

    public boolean isFolder() {
        return (mode & KIND) == FOLDER;
    }

    public boolean isLink() {
        return (mode & KIND) == LINK;
    }

    boolean isWritable() {
        return (mode & WRITE) != 0;
    }

    /** Who may read, write and run it; neither its kind nor whose rights it runs with. */
    public int permissions() {
        return mode & PERMISSIONS;
    }
}
