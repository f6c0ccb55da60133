package dev.blast.environment;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What can be seen of a site-packages folder by listing it once. */
public final class SitePackages {
    private SitePackages() {}

    /** The names of the dist-info folders in it, sorted; none where the folder is not there. */
    public static List<String> distInfos(Path folder) throws EnvironmentException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.dist-info")) {
            found.forEach(path -> names.add(path.getFileName().toString()));
        } catch (NoSuchFileException e) {
            return names;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot list %s: %s".formatted(folder, Cause.of(e, folder)), e);
        }
        Collections.sort(names);
        return names;
    }
}
