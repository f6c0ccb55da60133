package dev.blast.environment.interpreter;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A folder of what was found out once, a file each, in the user's data: what is in it is believed.
 * Where nothing can be written, it is found out again each time. Any process may use it.
 */
public final class KeptAnswers {
    private static final int WRITABLE_BY_OTHERS = 022;
    private static final String FRESH = ".new";

    private final Path folder;
    private final int most;

    /**
     * @param most files; with one more the older half is forgotten
     */
    public KeptAnswers(Path folder, int most) {
        this.folder = folder;
        this.most = most;
    }

    /** The text under a name; empty where there is none, or one that others could have written. */
    public Optional<String> read(String name) {
        Path kept = folder.resolve(name);
        try {
            return isOurs(folder) && isOurs(kept)
                    ? Optional.of(Files.readString(kept))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // not found out yet
        }
    }

    /** Whether there is one, without reading it. */
    public boolean has(String name) {
        Path kept = folder.resolve(name);
        try {
            return isOurs(folder) && isOurs(kept);
        } catch (IOException _) {
            return false;
        }
    }

    public void write(String name, String text) {
        try {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            Path fresh = Files.createTempFile(folder, FRESH, null);
            Files.writeString(fresh, text);
            Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            forgetOld();
        } catch (IOException _) {
            // read-only home, full disk: it will be found out again
        }
    }

    private void forgetOld() throws IOException {
        var files = new ArrayList<Path>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            all.forEach(files::add);
        }
        if (files.size() <= most) {
            return;
        }
        Map<Path, FileTime> times = new HashMap<>();
        for (Path file : files) {
            times.put(file, Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS));
        }
        files.sort(Comparator.comparing(times::get));
        for (Path file : List.copyOf(files.subList(0, files.size() / 2))) {
            Files.deleteIfExists(file);
        }
    }

    /** Root may be at work with somebody else's variables. */
    private static boolean isOurs(Path file) throws IOException {
        Map<String, Object> attributes =
                Files.readAttributes(file, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
        return Processes.own().equals(attributes.get("uid"))
                && ((int) Objects.requireNonNull(attributes.get("mode")) & WRITABLE_BY_OTHERS) == 0;
    }
}
