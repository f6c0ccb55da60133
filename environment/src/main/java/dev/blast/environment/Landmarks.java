package dev.blast.environment;

import dev.blast.enforcer.plan.FolderNames;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What lies in folders and makes programs outside run things by itself: environments, whose
 * interpreters and activation scripts people start, and repositories, whose settings name programs
 * that git, Mercurial and Jujutsu start as soon as somebody stands in them.
 *
 * <p>git takes a folder for a repository where {@code .git} lies in it (a folder, a file or a
 * link), and also where it only looks like the inside of one: {@code is_git_directory()} in its
 * setup.c asks for HEAD with objects and refs, or with commondir.
 *
 * @param environments folders with {@code pyvenv.cfg}
 * @param repositories {@code .git}, {@code .hg} and {@code .jj}, whatever they are, and folders
 *     that look like the inside of {@code .git}
 * @param stoppedAt the folder at which a bound was reached: what is in it, beside it and deeper may
 *     not have been looked at; null where everything was
 */
public record Landmarks(
        SortedSet<Path> environments, SortedSet<Path> repositories, @Nullable Path stoppedAt) {

    /** So many names are looked at, the upper folders first. A look takes some 2 µs. */
    public static final int MOST_NAMES = 200_000;

    /** On a slow file system the number of names bounds nothing. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final String ENVIRONMENT = "pyvenv.cfg";
    private static final Set<String> REPOSITORY = Set.of(".git", ".hg", ".jj");

    public Landmarks {
        environments = Collections.unmodifiableSortedSet(environments);
        repositories = Collections.unmodifiableSortedSet(repositories);
    }

    /**
     * Looks through folders with all that is below, following no link. What cannot be read is
     * passed over.
     *
     * @param passedOver folders that are not looked into
     * @param within where what is found will be closed as a whole, and is not looked into either,
     *     unless this folder lies in it; null looks into everything
     */
    public static Landmarks below(
            Collection<Path> roots, Set<Path> passedOver, @Nullable Path within) {
        return below(roots, passedOver, within, MOST_NAMES, LONGEST);
    }

    static Landmarks below(
            Collection<Path> roots,
            Set<Path> passedOver,
            @Nullable Path within,
            int mostNames,
            Duration longest) {
        try (FolderNames names = new FolderNames()) {
            var search = new Search(names, passedOver, within, mostNames, longest);
            for (Path root : new TreeSet<>(roots)) {
                search.visit(root);
            }
            return search.all();
        }
    }

    public boolean complete() {
        return stoppedAt == null;
    }

    /** One walk, a level after the other. */
    private static final class Search {
        private final FolderNames names;
        private final Set<Path> seen;
        private final @Nullable Path within;
        private final Deque<Path> folders = new ArrayDeque<>();
        private final SortedSet<Path> environments = new TreeSet<>();
        private final SortedSet<Path> repositories = new TreeSet<>();
        private final long deadline;
        private int left;
        private @Nullable Path stoppedAt;

        Search(
                FolderNames names,
                Set<Path> passedOver,
                @Nullable Path within,
                int mostNames,
                Duration longest) {
            this.names = names;
            this.seen = new HashSet<>(passedOver);
            this.within = within;
            this.left = mostNames;
            this.deadline = System.nanoTime() + longest.toNanos();
        }

        void visit(Path folder) {
            if (seen.add(folder)) {
                folders.add(folder);
            }
        }

        Landmarks all() {
            while (!folders.isEmpty() && stoppedAt == null) {
                Path folder = folders.remove();
                if (System.nanoTime() - deadline >= 0) {
                    stoppedAt = folder;
                } else {
                    look(folder);
                }
            }
            return new Landmarks(environments, repositories, stoppedAt);
        }

        private void look(Path folder) {
            List<Path> below = new ArrayList<>();
            boolean environment = false;
            boolean head = false;
            boolean commondir = false;
            boolean objects = false;
            boolean refs = false;
            List<FolderNames.Entry> entries = entries(folder);
            for (FolderNames.Entry entry : entries) {
                String name = entry.name();
                environment |= name.equals(ENVIRONMENT);
                head |= name.equals("HEAD");
                commondir |= name.equals("commondir");
                objects |= name.equals("objects");
                refs |= name.equals("refs");
                if (isRepository(name)) {
                    addRepository(folder.resolve(name));
                } else if (entry.folder()) {
                    below.add(folder.resolve(name));
                }
            }
            if (entries.size() >= left) {
                stoppedAt = folder; // it may hold more
            }
            left -= entries.size();
            boolean repository = head && (commondir || (objects && refs));
            if (environment) {
                environments.add(folder);
            }
            if (repository) {
                repositories.add(folder);
            }
            boolean closed =
                    (environment || repository) && within != null && !within.startsWith(folder);
            if (!closed) {
                below.forEach(this::visit);
            }
        }

        private List<FolderNames.Entry> entries(Path folder) {
            Optional<List<FolderNames.Entry>> entries = names.in(folder, left);
            return entries.isPresent() ? entries.get() : asked(folder);
        }

        /** Each name is asked what it is; one that is no text keeps its bytes only in a path. */
        private List<FolderNames.Entry> asked(Path folder) {
            List<FolderNames.Entry> entries = new ArrayList<>();
            try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
                for (Path path : paths) {
                    boolean isFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
                    if (isFolder && !isRepository(path.getFileName().toString())) {
                        visit(path);
                    }
                    entries.add(new FolderNames.Entry(path.getFileName().toString(), false));
                    if (entries.size() >= left) {
                        break;
                    }
                }
            } catch (IOException | DirectoryIteratorException _) {
                // gone meanwhile, or not ours to see: nothing in it is ours to protect
            }
            return entries;
        }

        private static boolean isRepository(String name) {
            return name.startsWith(".") && REPOSITORY.contains(name.toLowerCase(Locale.ROOT));
        }

        /** An empty folder is none; it keeps the name while a sandbox runs. */
        private void addRepository(Path entry) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                try (DirectoryStream<Path> inside = Files.newDirectoryStream(entry)) {
                    if (!inside.iterator().hasNext()) {
                        return;
                    }
                } catch (AccessDeniedException _) {
                    // a program that may not read it may still change that, where the folder is its
                    // own
                } catch (IOException _) {
                    return; // gone meanwhile
                }
            }
            repositories.add(entry);
        }
    }
}
