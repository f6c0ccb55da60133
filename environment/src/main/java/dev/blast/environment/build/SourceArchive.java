package dev.blast.environment.build;

import dev.blast.environment.install.HeldFolder;
import dev.blast.packaging.archive.Archive;
import dev.blast.packaging.archive.ArchiveMember;
import dev.blast.packaging.archive.RefusedWheelException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * Lays out an archive of sources: folders, files, and links that stay in it. Everything else (a
 * device, a way out, a name that comes twice, more than a disk holds) is refused by name, and
 * nothing is written but below the folder that is held. Of permissions only the owner's right to
 * run a file is kept. One thread.
 */
public final class SourceArchive {
    private static final int ENTRY_CAP = 200_000;
    private static final long UNPACKED_CAP_BYTES = 4L << 30;

    /** As for wheels: real sources shrink to a fifth; only beyond both it is called a bomb. */
    private static final long DENSE_ABOVE_BYTES = 64L << 20;

    private static final int DENSITY_CAP = 200;

    /** What the dictionary of an xz stream may take. */
    private static final int XZ_CAP_KIB = 128 << 10;

    private static final int BUFFER_BYTES = 1 << 16;

    private static final Set<PosixFilePermission> EXECUTABLE =
            PosixFilePermissions.fromString("rwxr-xr-x");

    private static final int OWNER_RUNS = 0100;

    private final HeldFolder folder;
    private final long packedBytes;
    private final SourceNames names = new SourceNames();
    private final List<SourceEntry> links = new ArrayList<>();
    private int entries;
    private long unpackedBytes;

    private SourceArchive(HeldFolder folder, long packedBytes) {
        this.folder = folder;
        this.packedBytes = packedBytes;
    }

    /**
     * Lays out an archive.
     *
     * @param name its file name, which says how it is packed
     * @param into an empty folder that no link leads to
     * @return the one folder in it
     * @throws RefusedSourceException where it is not to be laid out
     */
    public static Path lay(Path archive, String name, Path into) throws IOException {
        try (HeldFolder held = HeldFolder.openReal(into)) {
            var laying = new SourceArchive(held, Files.size(archive));
            if (name.toLowerCase(Locale.ROOT).endsWith(".zip")) {
                laying.zip(archive);
            } else {
                laying.tar(archive, name);
            }
            laying.link();
            String top = laying.names.top();
            if (top == null) {
                throw new RefusedSourceException("it is empty");
            }
            return into.resolve(top);
        }
    }

    private void zip(Path path) throws IOException {
        try (Archive archive = Archive.open(path)) {
            for (ArchiveMember member : archive.members()) {
                var entry =
                        new SourceEntry(
                                names.path(member.name()),
                                member.isFolder() ? SourceEntry.Kind.FOLDER : SourceEntry.Kind.FILE,
                                null,
                                member.isExecutable(),
                                null);
                lay(entry, sink -> archive.read(member, sink));
            }
        } catch (RefusedWheelException e) {
            throw new RefusedSourceException(e.sentence());
        }
    }

    private void tar(Path path, String name) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(path));
                InputStream unpacked = new Counted(unpacked(file, name));
                var tar = new TarArchiveInputStream(unpacked, "UTF-8")) {
            while (true) {
                TarArchiveEntry next = understood(tar::getNextEntry);
                if (next == null) {
                    return;
                }
                lay(entry(next), sink -> copy(tar, sink));
            }
        }
    }

    private static void copy(InputStream tar, OutputStream sink) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        while (true) {
            int read = understood(() -> tar.read(buffer));
            if (read < 0) {
                return;
            }
            sink.write(buffer, 0, read);
        }
    }

    /** Something that is read out of the archive. */
    @FunctionalInterface
    private interface Reading<T extends @Nullable Object> {
        T read() throws IOException;
    }

    /** What cannot be read is the archive's fault, and not that of the disk. */
    private static <T extends @Nullable Object> T understood(Reading<T> reading)
            throws RefusedSourceException {
        try {
            return reading.read();
        } catch (RefusedSourceException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedSourceException("it is damaged: " + e.getMessage());
        }
    }

    private static InputStream unpacked(InputStream file, String name) throws IOException {
        String lower = name.toLowerCase(Locale.ROOT);
        if (endsWith(lower, ".tar.gz", ".tgz")) {
            return understood(() -> new GZIPInputStream(file, BUFFER_BYTES));
        }
        if (endsWith(lower, ".tar.bz2", ".tbz2", ".tbz")) {
            return understood(() -> new BZip2CompressorInputStream(file, true));
        }
        if (endsWith(lower, ".tar.xz", ".txz")) {
            return understood(() -> new XZInputStream(file, XZ_CAP_KIB));
        }
        if (lower.endsWith(".tar")) {
            return file;
        }
        throw new RefusedSourceException(
                "it is no archive that can be read: .tar.gz, .tar.bz2, .tar.xz, .tar and .zip can");
    }

    private static boolean endsWith(String name, String... endings) {
        return Arrays.stream(endings).anyMatch(name::endsWith);
    }

    private SourceEntry entry(TarArchiveEntry entry) throws RefusedSourceException {
        Path path = names.path(entry.getName());
        SourceEntry.Kind kind = kind(entry, path);
        return new SourceEntry(
                path,
                kind,
                kind == SourceEntry.Kind.LINK || kind == SourceEntry.Kind.SAME_FILE
                        ? entry.getLinkName()
                        : null,
                (entry.getMode() & OWNER_RUNS) != 0,
                entry.getLastModifiedTime());
    }

    private static SourceEntry.Kind kind(TarArchiveEntry entry, Path path)
            throws RefusedSourceException {
        if (entry.isSymbolicLink()) {
            return SourceEntry.Kind.LINK;
        }
        if (entry.isLink()) {
            return SourceEntry.Kind.SAME_FILE;
        }
        if (entry.isDirectory()) {
            return SourceEntry.Kind.FOLDER;
        }
        if (entry.isCharacterDevice() || entry.isBlockDevice()) {
            throw new RefusedSourceException("'%s' is a device".formatted(path));
        }
        if (entry.isFIFO()) {
            throw new RefusedSourceException("'%s' is a named pipe".formatted(path));
        }
        if (entry.isSparse() || !entry.isFile()) {
            throw new RefusedSourceException("'%s' is no ordinary file".formatted(path));
        }
        return SourceEntry.Kind.FILE;
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream sink) throws IOException;
    }

    private void lay(SourceEntry entry, Content content) throws IOException {
        if (++entries > ENTRY_CAP) {
            throw new RefusedSourceException("it has more than %,d entries".formatted(ENTRY_CAP));
        }
        Path path = entry.path();
        if (entry.kind() == SourceEntry.Kind.FOLDER) {
            enter(path);
            return;
        }
        if (path.getNameCount() == 1) {
            throw new RefusedSourceException("'%s' lies in no folder of it".formatted(path));
        }
        enter(HeldFolder.above(path));
        switch (entry.kind()) {
            case FOLDER -> {}
            case FILE -> {
                names.file(path);
                write(entry, content);
            }
            case LINK -> {
                names.file(path);
                links.add(entry);
            }
            case SAME_FILE -> {
                Path same = names.sameFile(path, String.valueOf(entry.target()));
                names.file(path);
                copy(same, path);
            }
        }
    }

    /** A folder, with no more folders held open than lie above it. */
    private void enter(Path path) throws IOException {
        names.folder(path);
        folder.releaseAllBut(path);
        folder.makeFolders(path);
    }

    private void write(SourceEntry entry, Content content) throws IOException {
        folder.at(
                entry.path(),
                path -> {
                    try (OutputStream sink =
                            new Bounded(
                                    Files.newOutputStream(
                                            path,
                                            StandardOpenOption.CREATE_NEW,
                                            StandardOpenOption.WRITE))) {
                        content.writeTo(sink);
                    }
                    if (entry.executable()) {
                        Files.setPosixFilePermissions(path, EXECUTABLE);
                    }
                    FileTime time = entry.time();
                    return time == null ? path : Files.setLastModifiedTime(path, time);
                });
    }

    /** A copy, so that no file has two names: what is written to one is not the other's. */
    private void copy(Path from, Path to) throws IOException {
        folder.at(
                from,
                source ->
                        folder.at(
                                to,
                                path -> {
                                    unpackedBytes += Files.size(source);
                                    check();
                                    return Files.copy(
                                            source, path, StandardCopyOption.COPY_ATTRIBUTES);
                                }));
    }

    /** Last, so that nothing is ever written through one. */
    private void link() throws IOException {
        for (SourceEntry link : links) {
            String target = String.valueOf(link.target());
            names.requireInside(link.path(), target);
            folder.releaseAllBut(HeldFolder.above(link.path()));
            folder.link(link.path(), Path.of(target));
        }
    }

    private void check() throws RefusedSourceException {
        if (unpackedBytes > UNPACKED_CAP_BYTES) {
            throw new RefusedSourceException(
                    "unpacked it would be larger than %d GiB".formatted(UNPACKED_CAP_BYTES >> 30));
        }
        if (unpackedBytes > DENSE_ABOVE_BYTES && unpackedBytes / packedBytes > DENSITY_CAP) {
            throw new RefusedSourceException(
                    "it grows by a factor of more than %d: a decompression bomb"
                            .formatted(DENSITY_CAP));
        }
    }

    /** All that comes out of the packing, the headers of a tar file and its padding too. */
    private final class Counted extends FilterInputStream {
        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = understood(in::read);
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = understood(() -> in.read(buffer, offset, length));
            count(Math.max(read, 0));
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = understood(() -> in.skip(count));
            count(skipped);
            return skipped;
        }

        private void count(long more) throws RefusedSourceException {
            bytes += more;
            if (bytes > UNPACKED_CAP_BYTES
                    || (bytes > DENSE_ABOVE_BYTES && bytes / packedBytes > DENSITY_CAP)) {
                unpackedBytes = bytes;
                check();
            }
        }
    }

    /** A file that is written only as long as there is room for it. */
    private final class Bounded extends FilterOutputStream {
        Bounded(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            unpackedBytes += length;
            check();
            out.write(buffer, offset, length);
        }
    }
}
