package dev.blast.environment;

import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * Where Blast keeps what belongs to one user, as the XDG Base Directory Specification 0.8 wants it:
 * {@code data} (store, registry, trust), {@code cache} (what can be fetched again), {@code config}
 * (what people edit) and {@code state} (sessions, logs). All absolute; none is created by looking
 * at it.
 */
public record Directories(Path data, Path cache, Path config, Path state) {
    private static final String APPLICATION = "blast";

    /**
     * From {@code XDG_*_HOME}, or their defaults under {@code home}. A relative value is ignored,
     * as the specification says.
     */
    public static Directories of(Map<String, String> environment, Path home) {
        return new Directories(
                base(environment, "XDG_DATA_HOME", home.resolve(".local/share")),
                base(environment, "XDG_CACHE_HOME", home.resolve(".cache")),
                base(environment, "XDG_CONFIG_HOME", home.resolve(".config")),
                base(environment, "XDG_STATE_HOME", home.resolve(".local/state")));
    }

    private static Path base(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        Path path = value.startsWith("/") ? Path.of(value) : otherwise;
        return path.toAbsolutePath().normalize().resolve(APPLICATION);
    }

    public List<Path> all() {
        return List.of(data, cache, config, state);
    }

    /**
     * Makes those that are not there yet and can be made, so that none of them appears while a
     * program runs from which it is to be kept.
     */
    public void create() {
        for (Path folder : all()) {
            if (!Files.exists(folder)) {
                try {
                    createPrivate(folder);
                } catch (EnvironmentException _) {
                    // a read-only home: whoever needs the folder will say so
                }
            }
        }
    }

    /** Whether a folder is there that this process may write, or one may be made. */
    public static boolean canBeMade(Path folder) {
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there != null && Files.isDirectory(there) && Files.isWritable(there);
    }

    /** Why a folder that {@linkplain #canBeMade cannot be made} or written cannot be. */
    public static EnvironmentException unwritable(Path folder) throws EnvironmentException {
        createPrivate(folder);
        try {
            Files.delete(Files.createTempFile(folder, "written", null));
        } catch (IOException e) {
            return new EnvironmentException(
                    Message.of(
                            "cannot write %s: %s%s",
                            folder, Cause.of(e, folder), Cause.advice(e, folder)),
                    e);
        }
        return new EnvironmentException(
                Message.of("%s could not be written, and can be now; try again", folder));
    }

    /**
     * Creates a folder that holds trust (what a process may do is read from it), for its owner
     * alone.
     *
     * @throws EnvironmentException where it cannot be created, or somebody else could write to it
     */
    public static Path createPrivate(Path folder) throws EnvironmentException {
        try {
            if (!Files.isDirectory(folder)) {
                if (folder.getParent() != null) {
                    Files.createDirectories(folder.getParent());
                }
                try {
                    Files.createDirectory(
                            folder,
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------")));
                } catch (FileAlreadyExistsException e) {
                    // another Blast made it a moment ago; what it is, is looked at below
                }
            }
            if (Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).stream()
                    .anyMatch(p ->
                            p.name().equals("GROUP_WRITE") || p.name().equals("OTHERS_WRITE"))) {
                throw new EnvironmentException(
                        Message.of(
                                "%s can be written by others, so what it says cannot be trusted.\nchmod go-w %s",
                                folder, folder));
            }
            return folder;
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot create %s: %s%s",
                            folder,
                            Cause.of(e, folder),
                            e instanceof AccessDeniedException
                                    ? new Message(
                                            "\nBlast keeps its own below the home (HOME), or where XDG_DATA_HOME, XDG_STATE_HOME and XDG_CACHE_HOME say")
                                    : Cause.advice(e, folder)),
                    e);
        }
    }
}
