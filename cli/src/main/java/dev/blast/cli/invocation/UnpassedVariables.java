package dev.blast.cli.invocation;

import dev.blast.environment.install.OrdinaryFile;
import dev.blast.packaging.Visible;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Variables that a person has set, that no rule passes on, and that a program may have missed: its
 * project or its command speaks of them. All others would be noise.
 */
public final class UnpassedVariables {
    private static final int MOST_FILES = 500;
    private static final long MOST_BYTES_OF_ONE = 256 * 1024;
    private static final long MOST_NANOS = 500_000_000;
    private static final int NAMED = 5;

    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w{2,}");
    private static final Pattern READ =
            Pattern.compile(".*\\.(py|ipynb|toml|cfg|ini|yaml|yml|sh|js|ts)");
    private static final Set<String> OF_PACKAGES = Set.of("node_modules", "site-packages");

    private UnpassedVariables() {}

    /**
     * A sentence about them.
     *
     * @param names of variables that are set here and not inside
     */
    public static Optional<String> sentence(
            Collection<String> names, List<String> command, Path project) {
        SortedSet<String> wanted = wanted(names, command, project);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        List<String> shown = wanted.stream().limit(NAMED).map(Visible::of).toList();
        String more = wanted.size() > NAMED ? " and %d more".formatted(wanted.size() - NAMED) : "";
        String first = shown.getFirst();
        return Optional.of(
                wanted.size() == 1
                        ? "%s is set here and was not passed on: --env %1$s passes it; which rule would: blast check --explain variable %1$s"
                                .formatted(first)
                        : "%s%s are set here and were not passed on: --env %s passes one, --env-file a file of them; which rule would: blast check --explain variable %3$s"
                                .formatted(String.join(", ", shown), more, first));
    }

    /** Those of the names that the project or the command speaks of. */
    public static SortedSet<String> wanted(
            Collection<String> names, List<String> command, Path project) {
        var wanted = new TreeSet<>(names);
        wanted.retainAll(mentioned(command, project));
        return wanted;
    }

    private static Set<String> mentioned(List<String> command, Path project) {
        var words = new TreeSet<String>();
        command.forEach(word -> addWords(words, word));
        for (Path file : files(project)) {
            try {
                addWords(words, OrdinaryFile.text(file));
            } catch (IOException _) {
                // not text, or gone: it says nothing
            }
        }
        return words;
    }

    private static void addWords(Set<String> words, String text) {
        WORD.matcher(text).results().map(MatchResult::group).forEach(words::add);
    }

    /** Its own, in a short time; links are not followed. */
    private static List<Path> files(Path project) {
        var files = new ArrayList<Path>();
        long end = System.nanoTime() + MOST_NANOS;
        try {
            Files.walkFileTree(
                    project,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes attributes) {
                            boolean skipped =
                                    !folder.equals(project)
                                            && (name(folder).startsWith(".")
                                                    || OF_PACKAGES.contains(name(folder))
                                                    || Files.exists(folder.resolve("pyvenv.cfg")));
                            return skipped
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (attributes.isRegularFile()
                                    && attributes.size() <= MOST_BYTES_OF_ONE
                                    && READ.matcher(name(file)).matches()) {
                                files.add(file);
                            }
                            return files.size() >= MOST_FILES || System.nanoTime() - end > 0
                                    ? FileVisitResult.TERMINATE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException failure) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException _) {
            return files; // as far as it could be read
        }
        return files;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
