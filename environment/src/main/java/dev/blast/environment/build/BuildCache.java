package dev.blast.environment.build;

import dev.blast.environment.Lines;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.environment.install.Trees;
import dev.blast.packaging.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What builds came to, by what they were built from: in the user's cache, which no sandbox sees. An
 * entry is a folder with one file and a note of its hash, made beside and renamed whole; a file
 * that does not have that hash any more counts for nothing. Any thread, any process.
 *
 * @param folder where entries of one kind lie
 */
record BuildCache(Path folder) {
    private static final String NOTE = "note";
    private static final String FORMAT = "blast build 1";

    private static final Set<PosixFilePermission> ORDINARY =
            PosixFilePermissions.fromString("rw-r--r--");

    /** What can be built again goes some time. */
    private static final Duration UNUSED = Duration.ofDays(60);

    /**
     * One entry.
     *
     * @param backend that built it
     */
    record Entry(Path file, String sha256, String backend) {}

    /** What was kept, if it is whole. */
    Optional<Entry> find(String key) throws IOException {
        Path entry = folder.resolve(key);
        try {
            Lines note = Lines.parse(OrdinaryFile.text(entry.resolve(NOTE)));
            Path file = entry.resolve(only(note, "file"));
            String sha256 = only(note, "sha256");
            return only(note, "format").equals(FORMAT)
                            && Files.isRegularFile(file)
                            && sha256(file).equals(sha256)
                    ? Optional.of(used(entry, new Entry(file, sha256, only(note, "backend"))))
                    : Optional.empty();
        } catch (NoSuchFileException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Entry used(Path folder, Entry entry) throws IOException {
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
        return entry;
    }

    private static String only(Lines note, String key) {
        List<String> values = note.all(key);
        if (values.size() != 1) {
            throw new IllegalArgumentException("no one " + key);
        }
        return values.getFirst();
    }

    /**
     * Keeps a file.
     *
     * @param name of the file, a bare one
     * @param made the file, which is moved here
     */
    Entry keep(String key, String name, Path made, String backend) throws IOException {
        Files.createDirectories(folder);
        removeUnused();
        Path making = Files.createDirectory(folder.resolve(".making-" + UUID.randomUUID()));
        try {
            Path file = making.resolve(name);
            Files.move(made, file);
            Files.setPosixFilePermissions(file, ORDINARY); // a build may have set any
            String sha256 = sha256(file);
            Files.writeString(
                    making.resolve(NOTE),
                    new Lines.Writer()
                            .add("format", FORMAT)
                            .add("file", name)
                            .add("sha256", sha256)
                            .add("backend", backend)
                            .text());
            publish(making, folder.resolve(key));
            return new Entry(folder.resolve(key).resolve(name), sha256, backend);
        } finally {
            Trees.delete(making);
        }
    }

    /** There is none of this key any more. */
    void forget(String key) throws IOException {
        Trees.delete(folder.resolve(key));
    }

    private void removeUnused() throws IOException {
        Instant before = Instant.now().minus(UNUSED);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (Files.getLastModifiedTime(entry).toInstant().isBefore(before)) {
                    Trees.delete(entry);
                }
            }
        }
    }

    /** Somebody else's entry of the same key is as good. */
    private void publish(Path making, Path entry) throws IOException {
        for (int tries = 0; tries < 3; tries++) {
            try {
                Files.move(making, entry, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (FileSystemException e) {
                if (find(entry.getFileName().toString()).isPresent()) {
                    return;
                }
                Trees.delete(entry); // damaged
            }
        }
        throw new FileSystemException(
                entry.toString(), null, "it is made anew by others all the time");
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest = Hashes.digest("sha256");
        byte[] buffer = new byte[1 << 16];
        try (InputStream stream = Files.newInputStream(file)) {
            for (int n = stream.read(buffer); n > 0; n = stream.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
