package dev.blast.environment.build;

import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.Trees;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The folder of one build, gone when it is closed: the source, what comes out of it, and the place
 * of an empty home.
 *
 * @param root only this user can enter it
 */
record WorkFolder(Path root) implements AutoCloseable {
    /** Longer than any build takes: what is older was left by a process that died. */
    private static final Duration LEFTOVER_AGE = Duration.ofHours(24);

    /**
     * A new one.
     *
     * @param builds where builds keep their own
     */
    static WorkFolder make(Path builds) throws IOException, EnvironmentException {
        Directories.createPrivate(builds);
        Path all = Directories.createPrivate(builds.resolve("work")).toRealPath();
        removeLeftovers(all);
        Path root = Directories.createPrivate(all.resolve(UUID.randomUUID().toString()));
        var folder = new WorkFolder(root);
        for (Path part :
                new Path[] {folder.source(), folder.output(), folder.home(), folder.download()}) {
            Files.createDirectory(part);
        }
        return folder;
    }

    Path source() {
        return root.resolve("source");
    }

    Path output() {
        return root.resolve("output");
    }

    Path home() {
        return root.resolve("home");
    }

    Path download() {
        return root.resolve("download");
    }

    private static void removeLeftovers(Path all) throws IOException {
        Instant before = Instant.now().minus(LEFTOVER_AGE);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all)) {
            for (Path folder : folders) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(before)) {
                    Trees.delete(folder);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        Trees.delete(root);
    }
}
