package dev.blast.environment.policies;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.git.Git;
import dev.blast.environment.project.Project;
import dev.blast.environment.project.Settings;
import dev.blast.packaging.Message;
import dev.blast.toml.TomlDocument;
import dev.blast.toml.TomlException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The policy files of a project as git has them at a revision. */
public final class CommittedPolicies {
    private static final String FILE = "pyproject.toml";
    private static final String DRL = ".drl";
    private static final String USUAL = "policies";
    private static final String HEAD = "HEAD";

    /** No repository, and one without a commit. */
    private static final List<String> MISSING =
            List.of("not a git repository", "Needed a single revision");

    private static final long MAX_BYTES = 4L * 1024 * 1024;

    /** {@code 100644 blob 8ab6… 31<tab>policies/a.drl}. */
    private static final Pattern ENTRY =
            Pattern.compile("(\\d+) (\\w+) ([0-9a-f]+) +(-|\\d+)\\t(.*)", Pattern.DOTALL);

    private final Git git;
    private final String revision;
    private final String commit;

    /**
     * What stood there.
     *
     * @param commit all its digits
     */
    public record Committed(String commit, List<Trust.Content> files) {
        public Committed {
            files = List.copyOf(files);
        }
    }

    private record Entry(String mode, String type, String id, long size, String path) {}

    private CommittedPolicies(Git git, String revision, String commit) {
        this.git = git;
        this.revision = revision;
        this.commit = commit;
    }

    /**
     * The files at a revision: those that {@code pyproject.toml} named then, or those of {@code
     * policies}.
     *
     * @throws EnvironmentException where there is no git, no repository or no such revision, or a
     *     file of it cannot be read
     */
    public static Committed at(Project project, String revision) throws EnvironmentException {
        Git git =
                Git.in(project.directory())
                        .orElseThrow(() -> new EnvironmentException(Git.missing()));
        Git.Said commit = commit(git, revision);
        if (!commit.isAnswer()) {
            throw new EnvironmentException(
                    Message.of(
                            "git knows no revision '%s' in %s: %s\nname a revision of this project, or a folder of policies",
                            revision, project.directory(), commit.why()));
        }
        return new CommittedPolicies(git, revision, commit.text().strip()).read();
    }

    /**
     * The last commit's; empty where git, a repository or a commit is missing.
     *
     * @throws EnvironmentException where git fails for another reason
     */
    public static Optional<Committed> last(Project project) throws EnvironmentException {
        Optional<Git> git = Git.in(project.directory());
        if (git.isEmpty()) {
            return Optional.empty();
        }
        Git.Said commit = commit(git.get(), HEAD);
        boolean isMissing = MISSING.stream().anyMatch(commit::complainsOf);
        return !commit.isAnswer() && isMissing ? Optional.empty() : Optional.of(at(project, HEAD));
    }

    private static Git.Said commit(Git git, String revision) throws EnvironmentException {
        return git.ask("rev-parse", "--verify", "--end-of-options", revision + "^{commit}");
    }

    private Committed read() throws EnvironmentException {
        var blobs = new TreeMap<String, Entry>();
        for (String name : named()) {
            Path place = Path.of(name).normalize();
            if (place.isAbsolute() || place.startsWith("..")) {
                throw new EnvironmentException(
                        Message.of(
                                "%s at %s names the policies '%s', which is outside the project",
                                FILE, revision, name));
            }
            String path = place.toString();
            List<Entry> found = entries(path);
            if (!found.isEmpty() && found.getFirst().type().equals("tree")) {
                entries(path + "/").stream()
                        .filter(it -> isPolicy(it.path()))
                        .forEach(it -> blobs.put(it.path(), it));
            } else {
                found.forEach(it -> blobs.put(it.path(), it));
            }
        }
        var files = new ArrayList<Trust.Content>();
        long left = MAX_BYTES;
        for (Entry it : blobs.values()) {
            left -= it.size();
            if (left < 0) {
                throw new EnvironmentException(
                        Message.of(
                                "the policies at %s are larger than %d MiB",
                                revision, MAX_BYTES >> 20));
            }
            files.add(new Trust.Content(it.path(), PolicyText.decoded(content(it), shown(it))));
        }
        return new Committed(commit, files);
    }

    private static boolean isPolicy(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.endsWith(DRL) && !name.startsWith(".");
    }

    private List<String> named() throws EnvironmentException {
        List<Entry> found = entries(FILE);
        if (found.isEmpty()) {
            return List.of(USUAL);
        }
        String name = FILE + " at " + revision;
        try {
            String text = new String(content(found.getFirst()), StandardCharsets.UTF_8);
            return Settings.policies(TomlDocument.parse(name, text)).orElse(List.of(USUAL));
        } catch (TomlException e) {
            throw new EnvironmentException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What the commit has there, from the project's folder on. */
    private List<Entry> entries(String path) throws EnvironmentException {
        Git.Said said = git.ask("--literal-pathspecs", "ls-tree", "-z", "-l", commit, "--", path);
        if (!said.isAnswer()) {
            throw new EnvironmentException(
                    Message.of("git cannot list %s at %s: %s", path, revision, said.why()));
        }
        var entries = new ArrayList<Entry>();
        for (String line : said.text().split("\0", -1)) {
            if (!line.isEmpty()) {
                entries.add(entry(line));
            }
        }
        return entries;
    }

    private Entry entry(String line) throws EnvironmentException {
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches()) { // what git should have, and has not, has no size
            throw new EnvironmentException(
                    Message.of("git cannot read all policies at %s: %s", revision, line));
        }
        return new Entry(
                entry.group(1),
                entry.group(2),
                entry.group(3),
                entry.group(4).equals("-") ? 0 : Long.parseLong(entry.group(4)),
                entry.group(5));
    }

    private byte[] content(Entry it) throws EnvironmentException {
        if (!it.type().equals("blob") || it.mode().equals("120000")) {
            throw new EnvironmentException(
                    Message.of(
                            "%s is no file at %s but a %s, which is not followed",
                            it.path(), revision, it.type().equals("blob") ? "link" : it.type()));
        }
        if (it.size() > MAX_BYTES) {
            throw new EnvironmentException(
                    Message.of("%s at %s has %d bytes", it.path(), revision, it.size()));
        }
        Git.Said said = git.ask("cat-file", "blob", it.id());
        if (!said.isAnswer()) {
            throw new EnvironmentException(
                    Message.of("git cannot read %s at %s: %s", it.path(), revision, said.why()));
        }
        return said.answer();
    }

    private Path shown(Entry it) {
        return Path.of("%s at %s".formatted(it.path(), revision));
    }
}
