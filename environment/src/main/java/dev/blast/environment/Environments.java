package dev.blast.environment;

import dev.blast.packaging.Digest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The environments that this user has made: one small file for each in {@code data/environments},
 * so that two commands never rewrite one another's entry. What an environment holds is read from
 * the environment itself, never from here.
 */
public final class Environments {
    private final Path folder;

    public Environments(Directories directories) {
        this.folder = directories.data().resolve("environments");
    }

    /**
     * A name, and where the environment of that name was when it was last changed; it may be gone.
     */
    public record Entry(String name, Environment environment) {
        public boolean isGone() {
            return !environment.exists();
        }
    }

    /** Sorted by name, then path. */
    public List<Entry> list() throws EnvironmentException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.environment")) {
            for (Path file : files) {
                entry(file).ifPresent(entries::add);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(folder, Cause.of(e, folder)), e);
        }
        entries.sort(Comparator.comparing(Entry::name).thenComparing(e -> e.environment().root()));
        return entries;
    }

    /** Those of this name. Names are not unique: two checkouts of one project share theirs. */
    public List<Entry> named(String name) throws EnvironmentException {
        return list().stream().filter(e -> e.name().equals(name)).toList();
    }

    /**
     * Those of one project.
     *
     * @param project its folder, without links
     */
    public List<Entry> of(Path project) throws EnvironmentException {
        return list().stream().filter(e -> e.environment().project().equals(project)).toList();
    }

    private static Optional<Entry> entry(Path file) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() < 2) {
                return Optional.empty();
            }
            Path root = Path.of(lines.get(1));
            return Optional.of(
                    new Entry(
                            lines.get(0),
                            lines.size() < 4
                                    ? new Environment(root)
                                    : new Environment(
                                            root, Path.of(lines.get(2)), Path.of(lines.get(3)))));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // forgotten by another command since the folder was listed
        }
    }

    /**
     * Enters one that is not there yet: it came with an image, or out of a cache, and nothing had
     * to be changed. A home that cannot be written stays as it is.
     */
    public void enter(String name, Environment environment) {
        Path file = file(environment);
        if (!Files.exists(file)) {
            try {
                AtomicFile.write(file, entry(name, environment));
            } catch (IOException _) {
                // it is found by its folder
            }
        }
    }

    /** What the file of an environment holds. */
    public static String entry(String name, Environment environment) {
        return String.join(
                "\n",
                name,
                environment.root().toString(),
                environment.project().toString(),
                environment.lockFile().toString(),
                "");
    }

    /** Takes it off the list; the environment itself is not touched. */
    public void forget(Environment environment) throws EnvironmentException {
        try {
            Files.deleteIfExists(file(environment));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot remove %s: %s".formatted(file(environment), Cause.of(e)), e);
        }
    }

    /** Whose text enters an environment here, or gives it another name. */
    public Path file(Environment environment) {
        return folder.resolve(fileName(environment));
    }

    static String fileName(Environment environment) {
        return Digest.of(environment.root().toString()).substring(0, 16) + ".environment";
    }
}
