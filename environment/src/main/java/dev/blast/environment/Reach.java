package dev.blast.environment;

import dev.blast.packaging.Digest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Where programs in sandboxes of this user can write, or could once: a small file for each place,
 * in the user's data. What lies there stays when a rule goes or an environment is cleaned, so
 * places are never taken off.
 */
public final class Reach {
    private final Path folder;

    public Reach(Directories directories) {
        this.folder = directories.data().resolve("reach");
    }

    /**
     * Keeps these places, before the program starts.
     *
     * @param places without links
     */
    public void note(Collection<Path> places) throws EnvironmentException {
        for (Path place : places) {
            Path file = folder.resolve(Digest.of(place.toString()).substring(0, 16));
            if (Files.exists(file)) {
                continue;
            }
            try {
                Directories.createPrivate(folder);
                AtomicFile.write(file, place.toString());
            } catch (IOException e) {
                throw new EnvironmentException(
                        "cannot note in %s that rules let programs write %s: %s"
                                .formatted(folder, place, Cause.of(e, file)),
                        e);
            }
        }
    }

    /** All that were noted; some may be gone. */
    public List<Path> places() throws IOException {
        List<Path> places = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String place = Files.readString(file);
                if (place.startsWith("/")) {
                    places.add(Path.of(place));
                }
            }
        } catch (NoSuchFileException _) {
            return List.of();
        }
        return places;
    }
}
