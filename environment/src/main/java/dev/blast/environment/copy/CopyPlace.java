package dev.blast.environment.copy;

import dev.blast.enforcer.plan.ThrowawayCopy;
import dev.blast.environment.AtomicFile;
import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Lines;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.packaging.Message;
import dev.blast.packaging.Visible;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A folder of the user's state in which a throwaway copy is kept as long as it is needed. The Blast
 * that made it holds a lock on it; what a killed one left is settled and removed by the next
 * command.
 */
final class CopyPlace implements AutoCloseable {
    private static final String PROJECT = "project";
    private static final String LOCK = "lock";

    private static final Set<PosixFilePermission> OWNERS =
            PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final FileChannel lock;

    private CopyPlace(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static Path all(Directories directories) {
        return directories.state().resolve("copies");
    }

    /**
     * A new one.
     *
     * @param project the folder that is copied
     */
    static CopyPlace make(Directories directories, Path project) throws EnvironmentException {
        Path folder =
                Directories.createPrivate(
                        Directories.createPrivate(all(directories))
                                .resolve(UUID.randomUUID().toString()));
        try {
            FileChannel lock =
                    FileChannel.open(
                            folder.resolve(LOCK),
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.WRITE);
            lock.lock(); // nobody else knows of it
            AtomicFile.write(
                    folder.resolve(PROJECT),
                    new Lines.Writer().add(PROJECT, project.toString()).text());
            Files.createDirectory(folder.resolve(ThrowawayCopy.UPPER));
            Files.createDirectory(folder.resolve(ThrowawayCopy.WORK));
            return new CopyPlace(folder.toRealPath(), lock);
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot make a throwaway copy in %s: %s%s",
                            folder, Cause.of(e, folder), Cause.advice(e, folder)),
                    e);
        }
    }

    Path folder() {
        return folder;
    }

    /** What killed Blasts left, a line for each that had something to keep. */
    static List<String> settle(Directories directories) throws EnvironmentException {
        List<String> lines = new ArrayList<>();
        try (DirectoryStream<Path> places = Files.newDirectoryStream(all(directories))) {
            for (Path place : places) {
                settle(place).ifPresent(lines::add);
            }
        } catch (NoSuchFileException _) {
            return lines; // there never was a copy
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot settle what was to be kept of a throwaway copy: %s",
                            Cause.of(e)),
                    e);
        }
        return lines;
    }

    private static Optional<String> settle(Path place) throws IOException {
        Path file = place.resolve(LOCK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (!isFree(channel)) {
                return Optional.empty(); // it is in use
            }
            Optional<String> done = Optional.empty();
            Path note = place.resolve(PROJECT);
            if (Files.exists(note)) {
                Path project = Path.of(project(note));
                done =
                        Keeping.recover(place, project, KeepDisk.real())
                                .map(how ->
                                        "%s what was to be kept in %s of a throwaway copy and was interrupted"
                                                .formatted(how, Visible.of(project.toString())));
            }
            delete(place);
            return done;
        } catch (NoSuchFileException _) {
            return Optional.empty(); // it is just being made, or removed
        }
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            FileLock taken = channel.tryLock();
            return taken != null;
        } catch (OverlappingFileLockException _) {
            return false; // by this process
        }
    }

    private static String project(Path note) throws IOException {
        try {
            return Lines.parse(OrdinaryFile.text(note)).one(PROJECT);
        } catch (IllegalArgumentException e) {
            throw new IOException("%s cannot be read: %s".formatted(note, e.getMessage()), e);
        }
    }

    /**
     * Removes a folder with all that is in it, however deep, and whatever a program took from
     * itself: each folder in it is carried up first, so that no path gets long.
     */
    static void delete(Path place) throws IOException {
        var left = new ArrayDeque<Path>();
        for (Path entry : entries(place)) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                left.add(entry);
            } else if (!entry.endsWith(LOCK)) {
                Files.delete(entry);
            }
        }
        while (!left.isEmpty()) {
            Path folder = left.pop();
            for (Path entry : entries(folder)) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setPosixFilePermissions(entry, OWNERS); // it is moved by its own name
                    Path up = place.resolve(UUID.randomUUID().toString());
                    Files.move(entry, up, StandardCopyOption.ATOMIC_MOVE);
                    left.push(up);
                } else {
                    Files.delete(entry);
                }
            }
            Files.delete(folder);
        }
        Files.deleteIfExists(place.resolve(LOCK)); // the last, so that a kill before is made good
        Files.delete(place);
    }

    private static List<Path> entries(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, OWNERS);
        var all = new ArrayList<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(all::add);
        }
        return all;
    }

    /** As a killed process does. */
    void abandon() throws IOException {
        lock.close();
    }

    @Override
    public void close() throws EnvironmentException {
        try (lock) {
            delete(folder);
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot remove a throwaway copy in %s: %s",
                            folder, Cause.of(e, folder)),
                    e);
        }
    }
}
