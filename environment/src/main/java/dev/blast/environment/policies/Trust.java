package dev.blast.environment.policies;

import dev.blast.environment.AtomicFile;
import dev.blast.environment.Cause;
import dev.blast.environment.Digest;
import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Which projects' policies this user has read and agreed to ({@code blast trust}). Trust is in a
 * content: a SHA-256 over the paths and bytes of all the project's policy files. One byte changed,
 * one file more or less, and it is gone. Kept in {@code data/trust}, one file per project folder,
 * which only its owner may write.
 */
public final class Trust {
    private final Path folder;

    public Trust(Directories directories) {
        this.folder = directories.data().resolve("trust");
    }

    /** One policy file of a project: its path within it, and what is in it. */
    public record Content(String path, String text) {}

    /**
     * Whether exactly these files of the project have been trusted. No files are nothing to trust:
     * true.
     */
    public boolean isTrusted(Path project, List<Content> files) throws EnvironmentException {
        if (files.isEmpty()) {
            return true;
        }
        Path mark = mark(project);
        try {
            return Files.readString(mark).strip().equals(digest(files));
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(mark, Cause.of(e, mark)), e);
        }
    }

    /** Trusts exactly these files from now on. */
    public void grant(Path project, List<Content> files) throws EnvironmentException {
        Directories.createPrivate(folder);
        Path mark = mark(project);
        try {
            AtomicFile.write(mark, digest(files) + "\n");
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot write %s: %s".formatted(mark, Cause.of(e, mark)), e);
        }
    }

    /** Trusts nothing of this project from now on. */
    public void revoke(Path project) throws EnvironmentException {
        Path mark = mark(project);
        try {
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot remove %s: %s".formatted(mark, Cause.of(e, mark)), e);
        }
    }

    /** The file that says so; it need not be there. */
    Path mark(Path project) {
        return folder.resolve(Digest.of(project.toAbsolutePath().normalize().toString()));
    }

    /**
     * Lengths before each part, so that no two lists of files are written alike; the order of the
     * files does not count.
     */
    static String digest(List<Content> files) {
        var digest = new Digest();
        files.stream()
                .sorted((a, b) -> a.path().compareTo(b.path()))
                .forEach(f -> digest.add(f.path()).add(f.text()));
        return digest.hex();
    }
}
