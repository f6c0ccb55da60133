package dev.blast.environment.policies;

import dev.blast.environment.AtomicFile;
import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Lines;
import dev.blast.packaging.Digest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which projects' policies this user has read and agreed to ({@code blast trust}). Trust is in a
 * content: a SHA-256 over the paths and bytes of all the project's policy files. One byte changed,
 * one file more or less, and it is gone. Kept in {@code data/trust}, which only its owner may
 * write: for each project folder a mark with that hash, and beside it what was agreed to, so that a
 * later content can be compared with it.
 */
public final class Trust {
    private static final String KEPT = ".kept";
    private static final Pattern MARK = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;

    public Trust(Directories directories) {
        this.folder = directories.data().resolve("trust");
    }

    /** One policy file of a project: its path within it, and what is in it. */
    public record Content(String path, String text) {}

    /** What a person has agreed to for a project's folder, and when. */
    public record Agreed(Path project, Instant time, List<Content> files) {
        public Agreed {
            files = List.copyOf(files);
        }
    }

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
            AtomicFile.write(kept(mark), text(project, files)); // without its mark it says nothing
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
            Files.deleteIfExists(kept(mark));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot remove %s: %s".formatted(mark, Cause.of(e, mark)), e);
        }
    }

    private static String text(Path project, List<Content> files) {
        var lines =
                new Lines.Writer()
                        .add("project", project.toAbsolutePath().normalize().toString())
                        .add("time", Instant.now().toString());
        files.forEach(it -> lines.add("path", it.path()).add("text", it.text()));
        return lines.text();
    }

    /**
     * What was last agreed to for a project, whatever its files are now; empty where nothing was,
     * or an earlier version of Blast has kept the mark alone.
     */
    public Optional<Agreed> agreed(Path project) throws EnvironmentException {
        return read(mark(project));
    }

    /** What was agreed to, for all projects, by folder. */
    public List<Agreed> all() throws EnvironmentException {
        var all = new ArrayList<Agreed>();
        for (Path mark : marks()) {
            read(mark).ifPresent(all::add);
        }
        all.sort(Comparator.comparing(Agreed::project));
        return all;
    }

    /** How many projects are trusted of which the mark alone was kept. */
    public int unnamed() throws EnvironmentException {
        int unnamed = 0;
        for (Path mark : marks()) {
            unnamed += read(mark).isPresent() ? 0 : 1;
        }
        return unnamed;
    }

    private List<Path> marks() throws EnvironmentException {
        var marks = new ArrayList<Path>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (MARK.matcher(file.getFileName().toString()).matches()) {
                    marks.add(file);
                }
            }
            return marks;
        } catch (NoSuchFileException _) {
            return marks;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot list %s: %s".formatted(folder, Cause.of(e, folder)), e);
        }
    }

    /** Empty where it is not what the mark stands for. */
    private static Optional<Agreed> read(Path mark) throws EnvironmentException {
        try {
            Lines lines = Lines.parse(Files.readString(kept(mark)));
            List<String> paths = lines.all("path");
            List<String> texts = lines.all("text");
            var files = new ArrayList<Content>();
            for (int i = 0; i < Math.min(paths.size(), texts.size()); i++) {
                files.add(new Content(paths.get(i), texts.get(i)));
            }
            return Files.readString(mark).strip().equals(digest(files))
                    ? Optional.of(
                            new Agreed(
                                    Path.of(lines.one("project")),
                                    Instant.parse(lines.one("time")),
                                    files))
                    : Optional.empty();
        } catch (NoSuchFileException | IllegalArgumentException | DateTimeParseException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(kept(mark), Cause.of(e, kept(mark))), e);
        }
    }

    private static Path kept(Path mark) {
        return mark.resolveSibling(mark.getFileName() + KEPT);
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
