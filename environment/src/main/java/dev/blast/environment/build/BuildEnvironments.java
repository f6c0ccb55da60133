package dev.blast.environment.build;

import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.ChangedWheelException;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.InstallPlan;
import dev.blast.environment.install.InstallPlanner;
import dev.blast.environment.install.Stage;
import dev.blast.environment.install.Store;
import dev.blast.environment.install.StoredWheel;
import dev.blast.environment.install.Trees;
import dev.blast.environment.install.Venv;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.packaging.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;

/**
 * Environments that builds run in, kept by content: the same interpreter with the same wheels is
 * the same folder, laid out once. No build can write in one. Any thread, any process.
 *
 * @param folder where they lie
 */
record BuildEnvironments(Path folder, Interpreter interpreter, Store store) {
    /** Changes whenever they are laid out in another way. */
    private static final String LAYOUT = "1";

    private static final String MAKING = ".making-";
    private static final String HOOK = "hook.py";
    private static final String RUNNER = text();

    /** They cost little to make again. */
    private static final Duration UNUSED = Duration.ofDays(30);

    private static String text() {
        try (InputStream in =
                Objects.requireNonNull(
                        BuildEnvironments.class.getResourceAsStream(HOOK), "hook.py")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the runner of hooks cannot be read", e);
        }
    }

    /** The file that calls a hook, in an environment. */
    static Path runner(Path environment) {
        return environment.resolve(HOOK);
    }

    /**
     * The environment with these wheels, without links.
     *
     * @throws ChangedWheelException where a wheel of the store is not what it was
     */
    Path with(Collection<StoredWheel> wheels) throws IOException, EnvironmentException {
        Directories.createPrivate(folder);
        Path all = folder.toRealPath();
        Path environment = all.resolve(key(wheels));
        if (!Files.isDirectory(environment)) {
            removeUnused(all);
            make(environment, all, wheels);
        }
        Files.setLastModifiedTime(environment, FileTime.from(Instant.now()));
        return environment;
    }

    private String key(Collection<StoredWheel> wheels) {
        var digest =
                new Digest()
                        .add(LAYOUT)
                        .add(RUNNER)
                        .add(interpreter.executable().toString())
                        .add(interpreter.implementation())
                        .add(interpreter.version().toString());
        wheels.stream().map(StoredWheel::sha256).sorted().forEach(digest::add);
        return digest.hex();
    }

    private void make(Path environment, Path all, Collection<StoredWheel> wheels)
            throws IOException {
        Path making = Files.createDirectory(all.resolve(MAKING + UUID.randomUUID()));
        try {
            var planner = new InstallPlanner(interpreter, environment);
            var plans = new ArrayList<InstallPlan>();
            for (StoredWheel wheel : wheels) {
                plans.add(planner.plan(wheel, false, null));
            }
            try (HeldFolder held = HeldFolder.openReal(making)) {
                Venv.lay(held, environment, interpreter, "build");
                Stage.lay(plans, held, store);
                held.create(Path.of(HOOK), RUNNER);
            }
            store.keepSeals(wheels);
            Files.move(making, environment, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(environment)) { // else another process was quicker
                throw e;
            }
        } finally {
            Trees.delete(making);
        }
    }

    private static void removeUnused(Path all) throws IOException {
        Instant before = Instant.now().minus(UNUSED);
        try (DirectoryStream<Path> environments = Files.newDirectoryStream(all)) {
            for (Path one : environments) {
                if (Files.getLastModifiedTime(one).toInstant().isBefore(before)) {
                    Trees.delete(one);
                }
            }
        }
    }
}
