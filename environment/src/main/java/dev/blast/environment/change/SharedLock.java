package dev.blast.environment.change;

import dev.blast.environment.Environment;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps users off one another's environment, and one user with two homes: a POSIX record lock on
 * {@code .blast/lock}, where all who may change the environment meet. The file is there only while
 * a change goes on, and nobody may read it: a confined program, which sees the environment
 * read-only, can open it for nothing and so cannot hold it. Released on {@link #close}; any thread
 * may close.
 */
final class SharedLock implements AutoCloseable {
    /** As in {@link WriterLock}: the file must not be opened again while this process holds it. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private static final String OTHER = "a command of another user, or with another home";

    private final Path file;

    /** Null where nothing had to be locked. */
    private final @Nullable FileChannel channel;

    private SharedLock(Path file, @Nullable FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static Path file(Environment environment) {
        return environment.folder().resolve("lock");
    }

    /**
     * Takes it; empty where somebody else has it. Where there is no folder yet, or none that we may
     * write, there is nothing to keep others off.
     */
    static Optional<SharedLock> attempt(Environment environment) throws IOException {
        Path file = file(environment);
        if (!Files.isWritable(environment.folder())) {
            return Optional.of(new SharedLock(file, null));
        }
        if (!HELD_HERE.add(file)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            Object before = inode(file);
            channel =
                    FileChannel.open(
                            file,
                            Set.of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE,
                                    LinkOption.NOFOLLOW_LINKS),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("-w--w--w-")));
            // whoever had it has removed the file before giving it up
            locked = channel.tryLock() != null && isStill(before, inode(file));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // an environment that was made for nothing has just gone
        } catch (AccessDeniedException e) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "it belongs to another user, whose change is going on or was interrupted");
        } finally {
            if (!locked) {
                if (channel != null) {
                    channel.close();
                }
                HELD_HERE.remove(file);
            }
        }
        return locked ? Optional.of(new SharedLock(file, channel)) : Optional.empty();
    }

    private static boolean isStill(@Nullable Object before, @Nullable Object now) {
        return now != null && (before == null || before.equals(now));
    }

    /**
     * Once the environment's folder has been made: takes it where it could not be taken before.
     *
     * @throws FileSystemException where another has been quicker
     */
    static SharedLock ensure(Environment environment) throws IOException {
        Path file = file(environment);
        return HELD_HERE.contains(file)
                ? new SharedLock(file, null)
                : attempt(environment)
                        .orElseThrow(() ->
                                new FileSystemException(
                                        environment.root().toString(),
                                        null,
                                        "it is being made by " + holder(environment)));
    }

    /** Whoever has it, as the kernel says: {@code another user's command (pid 12 of alice)}. */
    static String holder(Environment environment) {
        try {
            return holderIfAny(environment).orElse(OTHER);
        } catch (IOException e) {
            return OTHER; // whoever it is, it is not us
        }
    }

    /** The same; empty where nobody has it. */
    static Optional<String> holderIfAny(Environment environment) throws IOException {
        Object inode = inode(file(environment));
        if (inode == null) {
            return Optional.empty();
        }
        for (String line : Files.readAllLines(Path.of("/proc/locks"))) {
            String[] words = line.split("\\s+", -1);
            if (words.length > 5
                    && words[1].equals("POSIX")
                    && words[5].endsWith(":" + inode)
                    && words[4].matches("\\d{1,18}")) {
                String user =
                        ProcessHandle.of(Long.parseLong(words[4]))
                                .flatMap(process -> process.info().user())
                                .map(name -> " of " + name)
                                .orElse("");
                return Optional.of("%s (pid %s%s)".formatted(OTHER, words[4], user));
            }
        }
        return Optional.empty();
    }

    private static @Nullable Object inode(Path file) throws IOException {
        try {
            Map<String, Object> of =
                    Files.readAttributes(file, "unix:ino,isRegularFile", LinkOption.NOFOLLOW_LINKS);
            if (!Boolean.TRUE.equals(of.get("isRegularFile"))) {
                throw new FileSystemException(
                        file.toString(), null, "it is no ordinary file; remove it");
            }
            return of.get("ino");
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null && channel.isOpen()) {
            try (channel) {
                Files.deleteIfExists(file);
            } finally {
                HELD_HERE.remove(file);
            }
        }
    }
}
