package dev.blast.environment.change;

import dev.blast.environment.Cause;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.HeldFolder;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An environment's folder and its project's, held by descriptor from the first look to the last
 * change: whatever is put in their places meanwhile is left alone. One thread.
 */
public final class HeldEnvironment implements AutoCloseable {
    private final Environment environment;

    /** From where the environment is walked to; its project, unless it lies elsewhere. */
    private final HeldFolder ground;

    private final @Nullable HeldFolder root;
    private @Nullable HeldFolder project;

    private HeldEnvironment(Environment environment, HeldFolder ground, @Nullable HeldFolder root) {
        this.environment = environment;
        this.ground = ground;
        this.root = root;
        this.project = environment.isInside() ? ground : null;
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
            held.publish(file, text, UUID.randomUUID().toString(), Disk.real());
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
        Path from = ground(environment);
        HeldFolder ground = HeldFolder.openReal(from);
        try {
            Path way = from.relativize(environment.root());
            if (maker != null) {
                maker.makeFolders(ground, way);
            }
            return new HeldEnvironment(
                    environment, ground, ground.exists(way) ? ground.folder(way) : null);
        } catch (IOException e) {
            ground.close();
            throw e;
        }
    }

    /** Its project, or the nearest folder above it that is there. */
    private static Path ground(Environment environment) {
        if (environment.isInside()) {
            return environment.project();
        }
        Path folder = HeldFolder.above(environment.root());
        while (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            folder = HeldFolder.above(folder);
        }
        return folder;
    }

    boolean isThere() {
        return root != null;
    }

    HeldFolder root() throws IOException {
        if (root == null) {
            throw new NoSuchFileException(environment.root().toString());
        }
        return root;
    }

    /** The folder of its project. */
    HeldFolder project() throws IOException {
        HeldFolder held = project;
        if (held == null) {
            held = HeldFolder.openReal(environment.project());
            project = held;
        }
        return held;
    }

    /**
     * Replaces a file in the environment, in its project's folder, or in the user's data.
     *
     * @param id names what is written beside it first: begun again after a kill, it leaves nothing
     */
    void publish(Path file, String text, String id, Disk disk) throws IOException {
        Path folder = HeldFolder.above(file);
        if (file.startsWith(environment.root())) {
            Path within = environment.root().relativize(file);
            root().makeFolders(HeldFolder.above(within));
            replace(root(), within, text, id, disk);
        } else if (folder.equals(environment.project())) {
            replace(project(), file.getFileName(), text, id, disk);
        } else {
            try (HeldFolder held = HeldFolder.open(folder)) {
                replace(held, file.getFileName(), text, id, disk);
            }
        }
    }

    private static void replace(HeldFolder in, Path file, String text, String id, Disk disk)
            throws IOException {
        Path aside = HeldFolder.aside(file, id);
        disk.delete(in, aside);
        disk.create(in, aside, text.getBytes(StandardCharsets.UTF_8));
        disk.move(in, aside, file);
        disk.sync(in, file.getNameCount() == 1 ? HeldFolder.HERE : HeldFolder.above(file));
    }

    @Override
    public void close() {
        if (root != null) {
            root.close();
        }
        if (project != null && project != ground) {
            project.close();
        }
        ground.close();
    }
}
