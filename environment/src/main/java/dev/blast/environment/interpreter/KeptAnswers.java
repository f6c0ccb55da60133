package dev.blast.environment.interpreter;

import dev.blast.packaging.Digest;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.CodeSource;
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
    private final String program;

    /**
     * What any program found out.
     *
     * @param most files; with one more the older half is forgotten
     */
    public KeptAnswers(Path folder, int most) {
        this(folder, most, "");
    }

    /**
     * @param program in front of each name
     */
    KeptAnswers(Path folder, int most, String program) {
        this.folder = folder;
        this.most = most;
        this.program = program;
    }

    /**
     * What these parts of the program found out: of its jars as they are now, by what nobody can
     * set back. Empty where one is not in a jar, and so may be another soon.
     */
    public static Optional<KeptAnswers> by(Path folder, int most, Class<?>... parts) {
        var digest = new Digest();
        for (Class<?> part : parts) {
            try {
                CodeSource source = part.getProtectionDomain().getCodeSource();
                Path jar = source == null ? folder : Path.of(source.getLocation().toURI());
                if (!Files.isRegularFile(jar)) {
                    return Optional.empty();
                }
                Map<String, Object> identity =
                        Files.readAttributes(
                                jar, "unix:dev,ino,ctime,size", LinkOption.NOFOLLOW_LINKS);
                digest.add(jar.toString());
                for (String one : List.of("dev", "ino", "ctime", "size")) {
                    digest.add(String.valueOf(identity.get(one)));
                }
            } catch (IOException | URISyntaxException _) {
                return Optional.empty();
            }
        }
        return Optional.of(new KeptAnswers(folder, most, digest.hex().substring(0, 16) + "-"));
    }

    /** The text under a name; empty where there is none, or one that others could have written. */
    public Optional<String> read(String name) {
        Path kept = folder.resolve(program + name);
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
        Path kept = folder.resolve(program + name);
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
            Files.move(fresh, folder.resolve(program + name), StandardCopyOption.ATOMIC_MOVE);
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
        var times = new HashMap<Path, FileTime>();
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
