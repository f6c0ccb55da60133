package dev.blast.environment.saves;

import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.Contents;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.Inode;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The saves of this user by name, a file each in {@code data/saves}, for its user alone. What the
 * files hold that they name lies in the store, which keeps it as long as they are there. Each is
 * there whole or not at all, and durable.
 */
public final class Saves {
    private static final String ENDING = ".json";

    /** Of one that is being written. */
    private static final String ASIDE = ".";

    private final Path folder;

    public Saves(Directories directories) {
        this.folder = directories.data().resolve("saves");
    }

    /** All names, sorted. */
    public List<SaveName> names() throws EnvironmentException {
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                names.add(name.substring(0, name.length() - ENDING.length()));
            }
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw failed("read", folder, e);
        }
        return names.stream().filter(SaveName::isName).sorted().map(SaveName::new).toList();
    }

    /** Whether there is one. */
    public boolean has(SaveName name) {
        return Files.exists(file(name));
    }

    /**
     * The one of this name.
     *
     * @throws EnvironmentException where what is there is not what was saved
     */
    public Optional<Save> find(SaveName name) throws EnvironmentException {
        Path file = file(name);
        byte[] text;
        try {
            text = Files.readAllBytes(file);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", file, e);
        }
        try {
            Save save = SaveReading.of(text);
            if (!save.name().equals(name)) {
                throw new RefusedSaveException("it is the save '%s'".formatted(save.name()));
            }
            return Optional.of(save);
        } catch (RefusedSaveException e) {
            throw new EnvironmentException(
                    Message.of(
                            "the save '%s' is damaged: %s\n%s holds it; blast clean --save %s removes it",
                            name, e.getMessage(), file, name),
                    e);
        }
    }

    /** All of them, sorted by name. */
    public List<Save> list() throws EnvironmentException {
        var saves = new ArrayList<Save>();
        for (SaveName name : names()) {
            find(name).ifPresent(saves::add);
        }
        return saves;
    }

    /**
     * Keeps one.
     *
     * @param replaces whether it may take the place of one of that name
     * @return false where there is one of that name, which stays
     */
    public boolean add(Save save, boolean replaces) throws EnvironmentException {
        Path file = file(save.name());
        Directories.createPrivate(folder);
        Path aside = folder.resolve(ASIDE + UUID.randomUUID());
        try {
            write(aside, SaveText.of(save));
            if (replaces) {
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.createLink(file, aside); // which replaces nothing
            }
            sync();
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot write %s: %s%s\nnothing was saved",
                            file, Cause.of(e, file), Cause.advice(e, file)),
                    e);
        } finally {
            delete(aside);
        }
    }

    /**
     * Writes a save into a file of its own, with all that it holds: whole or not at all. Where that
     * can be it is made among the saves, so that a kill leaves nothing beside the file.
     *
     * @param contents holds all that travels
     * @param replaces whether a file of that name may be replaced
     * @return its length in bytes
     * @throws FileAlreadyExistsException where it may not
     */
    public long write(Save save, Contents contents, Path file, boolean replaces)
            throws IOException, EnvironmentException {
        Directories.createPrivate(folder);
        Path target = HeldFolder.above(file.toAbsolutePath());
        if (Inode.of(target.toRealPath()).device() == Inode.of(folder.toRealPath()).device()) {
            try {
                return SaveFile.write(
                        save, contents, folder.resolve(ASIDE + UUID.randomUUID()), file, replaces);
            } catch (AtomicMoveNotSupportedException _) {
                // one filesystem, and two mounts of it
            }
        }
        Path aside = target.resolve("." + file.getFileName() + "." + UUID.randomUUID());
        return SaveFile.write(save, contents, aside, file, replaces);
    }

    private static void write(Path file, byte[] text) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            ByteBuffer rest = ByteBuffer.wrap(text);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Its name goes; what it named stays in the store until that is swept. */
    public boolean remove(SaveName name) throws EnvironmentException {
        try {
            boolean was = Files.deleteIfExists(file(name));
            if (was) {
                sync();
            }
            return was;
        } catch (IOException e) {
            throw failed("remove", file(name), e);
        }
    }

    /** Removes what killed commands have left; nobody else may be saving. */
    public void tidy() throws EnvironmentException {
        List<Path> left;
        try (Stream<Path> files = Files.list(folder)) {
            left = files.filter(it -> it.getFileName().toString().startsWith(ASIDE)).toList();
        } catch (NoSuchFileException _) {
            return;
        } catch (IOException e) {
            throw failed("read", folder, e);
        }
        for (Path file : left) {
            delete(file);
        }
    }

    private static void delete(Path aside) throws EnvironmentException {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            throw failed("remove", aside, e);
        }
    }

    private void sync() throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private Path file(SaveName name) {
        return folder.resolve(name.text() + ENDING);
    }

    private static EnvironmentException failed(String what, Path file, IOException e) {
        return new EnvironmentException(
                Message.of(
                        "cannot %s %s: %s%s", what, file, Cause.of(e, file), Cause.advice(e, file)),
                e);
    }
}
