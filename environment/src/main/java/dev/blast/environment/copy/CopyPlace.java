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
import java.time.Duration;
import java.time.Instant;
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

    /** The lock before it is held: nobody else takes it for one that was given up. */
    private static final String FRESH = "lock.new";

    /** That a person has been told of it, and looks through it. */
    private static final String LEFT = "left";

    /** No place is made or removed as long as that. */
    private static final Duration LONG = Duration.ofHours(1);

    private static final Set<PosixFilePermission> OWNERS =
            PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final Path project;
    private final FileChannel lock;

    private CopyPlace(Path folder, Path project, FileChannel lock) {
        this.folder = folder;
        this.project = project;
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
                            folder.resolve(FRESH),
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.WRITE);
            lock.lock();
            AtomicFile.write(
                    folder.resolve(PROJECT),
                    new Lines.Writer().add(PROJECT, project.toString()).text());
            Files.createDirectory(folder.resolve(ThrowawayCopy.UPPER));
            Files.createDirectory(folder.resolve(ThrowawayCopy.WORK));
            Files.move(folder.resolve(FRESH), folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
            return new CopyPlace(folder.toRealPath(), project, lock);
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

    /**
     * What killed Blasts left, a line for each that had something to keep, or cannot be settled.
     */
    static List<String> settle(Directories directories) throws EnvironmentException {
        List<String> lines = new ArrayList<>();
        try (DirectoryStream<Path> places = Files.newDirectoryStream(all(directories))) {
            for (Path place : places) {
                settle(place, lines);
            }
        } catch (NoSuchFileException _) {
            return lines; // there never was a copy
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of("cannot look for throwaway copies: %s", Cause.of(e)), e);
        }
        return lines;
    }

    private static void settle(Path place, List<String> lines) {
        try {
            settled(place).ifPresent(lines::add);
        } catch (IOException e) {
            lines.add(
                    "cannot settle the throwaway copy in %s, and leaves it: %s"
                            .formatted(
                                    Visible.of(place.toString()), Visible.of(Cause.of(e, place))));
        }
    }

    private static Optional<String> settled(Path place) throws IOException {
        Path file = place.resolve(LOCK);
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (NoSuchFileException _) {
            if (isOld(place) && !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                delete(place); // its Blast was killed when it made or removed it
            }
            return Optional.empty();
        }
        try (channel) {
            return isFree(channel) && !Files.exists(place.resolve(LEFT))
                    ? settledFree(place)
                    : Optional.empty();
        }
    }

    /** One that nobody uses. */
    private static Optional<String> settledFree(Path place) throws IOException {
        Optional<String> done = Optional.empty();
        Path note = place.resolve(PROJECT);
        if (Files.exists(note)) {
            Path project = Path.of(project(note));
            String shown = Visible.of(project.toString());
            if (Keeping.waits(place, project)) {
                return Optional.of(
                        "what was to be kept in %s of a throwaway copy was interrupted, and waits until %s is there; to give it up, remove %s"
                                .formatted(
                                        shown,
                                        Visible.of(
                                                project.resolve(Keeping.slots(place)).toString()),
                                        Visible.of(place.toString())));
            }
            done =
                    Keeping.recover(place, project, KeepDisk.real())
                            .map(it ->
                                    "%s what was to be kept in %s of a throwaway copy and was interrupted%s"
                                            .formatted(it.how(), shown, it.aside()));
        }
        delete(place);
        return done;
    }

    private static boolean isOld(Path place) throws IOException {
        return Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)
                && Files.getLastModifiedTime(place, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(Instant.now().minus(LONG));
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

    /** Whether something of it is half kept. */
    boolean isUnsettled() {
        return Keeping.isUnsettled(folder, project);
    }

    /** Stays as it is, until a person removes it. */
    void leave() throws EnvironmentException {
        try {
            AtomicFile.write(folder.resolve(LEFT), "");
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot leave a throwaway copy in %s: %s%s",
                            folder, Cause.of(e, folder), Cause.advice(e, folder)),
                    e);
        }
    }

    /** Nothing of it is left, unless somebody is still to do something with it. */
    @Override
    public void close() throws EnvironmentException {
        try (lock) {
            if (!isUnsettled() && !Files.exists(folder.resolve(LEFT))) {
                delete(folder);
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot remove a throwaway copy in %s: %s",
                            folder, Cause.of(e, folder)),
                    e);
        }
    }
}
