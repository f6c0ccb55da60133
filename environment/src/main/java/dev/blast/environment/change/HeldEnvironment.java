package dev.blast.environment.change;

import dev.blast.environment.Cause;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.HeldFolder;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An environment's folder and the one that it lies in, held by descriptor from the first look to
 * the last change: whatever is put in their places meanwhile is left alone. One thread.
 */
public final class HeldEnvironment implements AutoCloseable {
    private final Path place;
    private final HeldFolder project;
    private final @Nullable HeldFolder root;

    private HeldEnvironment(Path place, HeldFolder project, @Nullable HeldFolder root) {
        this.place = place;
        this.project = project;
        this.root = root;
    }

    /** As it is; it may be absent. */
    static HeldEnvironment open(Environment environment) throws IOException {
        return of(environment, null);
    }

    /** The same, made where it is absent. */
    static HeldEnvironment make(Environment environment, Disk disk) throws IOException {
        return of(environment, disk);
    }

    /**
     * Gives a file in an environment, or beside it, this text, as a whole and without following a
     * link of any name.
     */
    public static void write(Environment environment, Path file, String text)
            throws EnvironmentException {
        try (HeldEnvironment held = open(environment)) {
            held.publish(file, text, Disk.real());
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot write %s: %s%s",
                            file, Cause.of(e, file), Cause.advice(e, file)),
                    e);
        }
    }

    private static HeldEnvironment of(Environment environment, @Nullable Disk maker)
            throws IOException {
        Path place = environment.root();
        Path name = place.getFileName();
        HeldFolder project = HeldFolder.openReal(HeldFolder.above(place));
        try {
            if (maker != null) {
                maker.makeFolders(project, name);
            }
            return new HeldEnvironment(
                    place, project, project.exists(name) ? project.folder(name) : null);
        } catch (IOException e) {
            project.close();
            throw e;
        }
    }

    boolean isThere() {
        return root != null;
    }

    HeldFolder root() throws IOException {
        if (root == null) {
            throw new NoSuchFileException(place.toString());
        }
        return root;
    }

    /** The folder that the environment lies in. */
    HeldFolder project() {
        return project;
    }

    /** Replaces a file in the environment, beside it, or in the user's data. */
    void publish(Path file, String text, Disk disk) throws IOException {
        Path folder = HeldFolder.above(file);
        if (file.startsWith(place)) {
            Path within = place.relativize(file);
            root().makeFolders(HeldFolder.above(within));
            disk.replace(root(), within, text);
        } else if (folder.equals(place.getParent())) {
            disk.replace(project, file.getFileName(), text);
        } else {
            try (HeldFolder held = HeldFolder.open(folder)) {
                disk.replace(held, file.getFileName(), text);
            }
        }
    }

    @Override
    public void close() {
        if (root != null) {
            root.close();
        }
        project.close();
    }
}
