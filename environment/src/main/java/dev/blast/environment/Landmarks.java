package dev.blast.environment;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What lies in folders and makes programs outside run things by itself: environments, whose
 * interpreters and activation scripts people start, and repositories, whose settings name programs
 * that git starts as soon as somebody stands in them.
 *
 * <p>git takes a folder for a repository where {@code .git} lies in it (a folder, a file or a
 * link), and also where it only looks like the inside of one: {@code is_git_directory()} in its
 * setup.c asks for HEAD with objects and refs, or with commondir.
 *
 * @param environments folders with {@code pyvenv.cfg}
 * @param repositories {@code .git}, whatever it is, and folders that look like its inside
 * @param complete false where the bound was reached: what lies deeper was not looked at
 */
public record Landmarks(
        SortedSet<Path> environments, SortedSet<Path> repositories, boolean complete) {

    /** So many names are looked at, the upper folders first. A look takes some 4 µs. */
    public static final int BOUND = 50_000;

    private static final String ENVIRONMENT = "pyvenv.cfg";
    private static final String REPOSITORY = ".git";

    public Landmarks {
        environments = Collections.unmodifiableSortedSet(environments);
        repositories = Collections.unmodifiableSortedSet(repositories);
    }

    /**
     * Looks through folders with all that is below, following no link. What cannot be read is
     * passed over.
     *
     * @param passedOver folders that are not looked into
     */
    public static Landmarks below(Collection<Path> roots, Set<Path> passedOver) {
        return below(roots, passedOver, BOUND);
    }

    static Landmarks below(Collection<Path> roots, Set<Path> passedOver, int bound) {
        var found = new Landmarks.Search(passedOver, bound);
        roots.stream().sorted().forEach(found::visit);
        return found.all();
    }

    /** One walk, a level after the other. */
    private static final class Search {
        private final Set<Path> seen;
        private final Deque<Path> folders = new ArrayDeque<>();
        private final SortedSet<Path> environments = new TreeSet<>();
        private final SortedSet<Path> repositories = new TreeSet<>();
        private int left;

        Search(Set<Path> passedOver, int bound) {
            seen = new HashSet<>(passedOver);
            left = bound;
        }

        void visit(Path folder) {
            if (seen.add(folder)) {
                folders.add(folder);
            }
        }

        Landmarks all() {
            while (left > 0 && !folders.isEmpty()) {
                look(folders.remove());
            }
            return new Landmarks(environments, repositories, left > 0);
        }

        private void look(Path folder) {
            Set<String> names = new HashSet<>();
            Deque<Path> below = new ArrayDeque<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    String name = entry.getFileName().toString();
                    names.add(name);
                    if (name.toLowerCase(Locale.ROOT).equals(REPOSITORY)) {
                        addRepository(entry);
                    } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                        below.add(entry);
                    }
                    if (--left == 0) {
                        break;
                    }
                }
            } catch (IOException | DirectoryIteratorException _) {
                return; // gone meanwhile, or not ours to see: nothing in it is ours to protect
            }
            if (names.contains(ENVIRONMENT)) {
                environments.add(folder);
            }
            if (looksLikeARepository(names)) {
                repositories.add(folder);
            }
            below.forEach(this::visit);
        }

        /** An empty folder is none; it keeps the name while a sandbox runs. */
        private void addRepository(Path entry) throws IOException {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                try (DirectoryStream<Path> inside = Files.newDirectoryStream(entry)) {
                    if (!inside.iterator().hasNext()) {
                        return;
                    }
                } catch (AccessDeniedException _) {
                    // a program that may not read it may still change that, where the folder is its
                    // own
                }
            }
            repositories.add(entry);
        }

        private static boolean looksLikeARepository(Set<String> names) {
            return names.contains("HEAD")
                    && (names.contains("commondir")
                            || (names.contains("objects") && names.contains("refs")));
        }
    }
}
