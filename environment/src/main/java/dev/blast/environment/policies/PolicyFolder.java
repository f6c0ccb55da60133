package dev.blast.environment.policies;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A folder of policies: {@code *.drl} right in it, and nothing else, is read. */
final class PolicyFolder {
    /** A folder with more than these is none of policies. */
    private static final int MAX_FILES = 1_000;

    private static final String DRL = ".drl";
    private static final String TESTS = ".test.toml";

    private final Path folder;
    private final UnsavedTexts unsaved;

    PolicyFolder(Path folder) {
        this(folder, UnsavedTexts.NONE);
    }

    /**
     * @param unsaved of which some may be files of it
     */
    PolicyFolder(Path folder, UnsavedTexts unsaved) {
        this.folder = folder;
        this.unsaved = unsaved;
    }

    /** In the order of their names; none where there is no such folder. */
    SortedSet<Path> files() throws EnvironmentException {
        var files = new TreeSet<Path>();
        var all = new TreeSet<Path>(entries());
        all.addAll(unsaved.in(folder));
        for (Path entry : all) {
            String name = name(entry);
            if (name.endsWith(DRL) && !name.startsWith(".")) {
                files.add(entry);
            }
        }
        return files;
    }

    /**
     * What looks like a policy and is not read, each with the reason. The lock and side files of
     * editors look like none: {@code .#a.drl}, {@code a.drl~}, {@code #a.drl#}, {@code .a.drl.swp}.
     */
    SortedMap<Path, String> passedOver() throws EnvironmentException {
        var found = new TreeMap<Path, String>();
        for (Path entry : entries()) {
            String name = name(entry);
            String small = name.toLowerCase(Locale.ROOT);
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                for (Path below : new PolicyFolder(entry).files()) {
                    found.put(below, "only files right in the folder are; move it up");
                }
            } else if (name.endsWith(DRL)) {
                if (name.startsWith(".") && !name.startsWith(".#")) {
                    found.put(entry, "its name begins with a dot; rename it");
                }
            } else if (name.endsWith(TESTS)) {
                Path policy =
                        entry.resolveSibling(
                                name.substring(0, name.length() - TESTS.length()) + DRL);
                if (!Files.exists(policy)) {
                    found.put(entry, "there is no %s beside it".formatted(policy.getFileName()));
                }
            } else if (small.endsWith(DRL)
                    || small.endsWith(".drools")
                    || small.endsWith(".rdrl")) {
                found.put(entry, "only *.drl is; rename it");
            }
        }
        return found;
    }

    private SortedSet<Path> entries() throws EnvironmentException {
        var entries = new TreeSet<Path>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            for (Path entry : found) {
                entries.add(entry);
                if (entries.size() > MAX_FILES) {
                    throw new EnvironmentException(
                            "more than %,d files in %s: a folder of policies holds nothing else"
                                    .formatted(MAX_FILES, folder));
                }
            }
        } catch (NoSuchFileException _) {
            return entries; // a layer that nobody has written
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot list the policies in %s: %s".formatted(folder, Cause.of(e, folder)), e);
        }
        return entries;
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }
}
