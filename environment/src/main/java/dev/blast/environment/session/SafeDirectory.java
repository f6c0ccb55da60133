package dev.blast.environment.session;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.git.Git;
import dev.blast.environment.install.OrdinaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A repository of another user that git outside works with, because the person's settings list it
 * ({@code safe.directory}) or sudo(8) was called by its owner. Git inside sees neither; it is told
 * of this one folder, and of no other.
 */
final class SafeDirectory {
    private static final String SETTING = "safe.directory";

    /** How many settings variables tell git. */
    static final String COUNT = "GIT_CONFIG_COUNT";

    private static final String LEADS = "gitdir: ";
    private static final Set<String> PROTECTED = Set.of("system", "global");
    private static final int ROOT = 0;

    private SafeDirectory() {}

    /**
     * The repository that holds a folder, if it belongs to somebody else and is safe by the
     * person's own word.
     *
     * @param caller the person's variables
     */
    static Optional<Path> of(Path directory, Map<String, String> caller)
            throws EnvironmentException {
        try {
            Optional<Path> repository = around(directory.toRealPath());
            if (repository.isEmpty()) {
                return Optional.empty();
            }
            int self = owner(Path.of("/proc/self"));
            Set<Integer> others = owners(repository.get());
            others.remove(self);
            if (others.isEmpty()) {
                return Optional.empty();
            }
            if (self == ROOT && others.equals(callerOfSudo(caller))) {
                return repository;
            }
            Optional<Git> git = Git.ofPerson(caller);
            return git.isPresent() && lists(listed(git.get()), repository.get())
                    ? repository
                    : Optional.empty();
        } catch (IOException | InvalidPathException _) {
            return Optional.empty(); // git will say what is wrong with it
        }
    }

    /** The nearest folder with {@code .git}, as git itself looks for it. */
    private static Optional<Path> around(Path directory) {
        for (Path at = directory; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** Of all that git asks about: the folder, {@code .git}, and where that leads as a file. */
    private static Set<Integer> owners(Path repository) throws IOException {
        Path git = repository.resolve(".git");
        Set<Integer> owners = new HashSet<>(Set.of(owner(repository)));
        owners.add(owner(git));
        String text =
                Files.isRegularFile(git, LinkOption.NOFOLLOW_LINKS) ? OrdinaryFile.text(git) : "";
        if (text.startsWith(LEADS)) {
            owners.add(owner(repository.resolve(text.substring(LEADS.length()).strip())));
        }
        return owners;
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static Set<Integer> callerOfSudo(Map<String, String> caller) {
        String user = caller.getOrDefault("SUDO_UID", "");
        return user.matches("[0-9]{1,9}") ? Set.of(Integer.valueOf(user)) : Set.of();
    }

    /** Nothing that a repository says of itself. */
    private static List<String> listed(Git git) throws EnvironmentException {
        String[] said =
                git.ask(
                                "config",
                                "-z",
                                "--show-scope",
                                "--includes",
                                "--type=path",
                                "--get-all",
                                SETTING)
                        .text()
                        .split("\0", -1);
        var values = new ArrayList<String>();
        for (int at = 0; at + 1 < said.length; at += 2) {
            if (PROTECTED.contains(said[at])) {
                values.add(said[at + 1]);
            }
        }
        return values;
    }

    /**
     * Whether a folder without links is among them, by the order of git-config(1): an empty one
     * takes back those before it.
     */
    static boolean lists(List<String> values, Path repository) {
        boolean safe = false;
        for (String value : values) {
            if (value.isEmpty()) {
                safe = false;
            } else if (value.equals("*")) {
                safe = true;
            } else if (value.startsWith("/")) {
                boolean whatIsBelow = value.endsWith("/*");
                Path path =
                        real(Path.of(whatIsBelow ? value.substring(0, value.length() - 1) : value));
                safe |=
                        whatIsBelow
                                ? repository.startsWith(path) && !repository.equals(path)
                                : repository.equals(path);
            }
        }
        return safe;
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            return path.normalize(); // not there, or not to be seen
        }
    }

    /**
     * Variables that say so, after those settings that git is told by others already
     * (git-config(1), GIT_CONFIG_COUNT).
     *
     * @param told how many those are; text that is no number is git's to complain of
     */
    static Map<String, String> told(Path repository, String told) {
        if (!told.matches("[0-9]{0,4}")) {
            return Map.of();
        }
        int before = told.isEmpty() ? 0 : Integer.parseInt(told);
        Map<String, String> variables = new HashMap<>();
        variables.put(COUNT, Integer.toString(before + 1));
        variables.put("GIT_CONFIG_KEY_" + before, SETTING);
        variables.put("GIT_CONFIG_VALUE_" + before, repository.toString());
        return variables;
    }
}
