package dev.blast.environment.change;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.OrdinaryFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a change left in the folders of an environment where people look and take things away: the
 * environment itself, its programs, its packages. Names alone, so that listing three folders shows
 * that something has gone. A record that is lost or stale only makes the next sync look closer.
 */
public final class Entries {
    private static final String FILE = "entries";

    /** Bytecode beside single modules: Python writes it where it likes. */
    private static final String BYTECODE = "__pycache__";

    private Entries() {}

    /** Notes what is there now. Where that cannot be written, the next sync looks closer. */
    public static void note(Environment environment, String sitePackages) {
        try {
            HeldEnvironment.write(
                    environment,
                    file(environment),
                    String.join("\n", names(environment, sitePackages)) + "\n");
        } catch (EnvironmentException | IOException _) {
            // a read-only environment has had its change; nothing rests on this
        }
    }

    /** Whether all that was noted is still there. */
    public static boolean areThere(Environment environment, String sitePackages)
            throws EnvironmentException {
        try {
            Set<String> there = names(environment, sitePackages);
            return there.containsAll(List.of(OrdinaryFile.text(file(environment)).split("\n", -1)));
        } catch (IOException _) {
            return false;
        }
    }

    private static Path file(Environment environment) {
        return environment.folder().resolve(FILE);
    }

    private static Set<String> names(Environment environment, String sitePackages)
            throws IOException {
        Path root = environment.root();
        var names = new TreeSet<String>();
        names.add(""); // behind the last line feed
        for (Path folder : List.of(root, root.resolve("bin"), root.resolve(sitePackages))) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    String name = entry.getFileName().toString();
                    if (!name.equals(BYTECODE) && name.indexOf('\n') < 0) {
                        names.add(root.relativize(entry).toString());
                    }
                }
            }
        }
        return names;
    }
}
