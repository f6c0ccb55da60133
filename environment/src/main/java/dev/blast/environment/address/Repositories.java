package dev.blast.environment.address;

import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.build.CheckedOut;
import dev.blast.environment.build.RefusedSourceException;
import dev.blast.environment.build.SourceArchive;
import dev.blast.environment.git.Git;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.environment.install.Trees;
import dev.blast.index.Credentials;
import dev.blast.index.IndexException;
import dev.blast.index.settings.Netrc;
import dev.blast.packaging.Digest;
import dev.blast.packaging.Message;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.Visible;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Commits of repositories, brought by the machine's git into the user's cache, which no sandbox
 * sees: one bare repository for each address, and the files of each commit that was wanted. A
 * repository is a stranger's: git starts nothing of it (see {@link Git}), brings no submodules, and
 * its files are laid out as those of an archive are. One thread; several processes may share it.
 */
public final class Repositories {
    private static final String USER = "BLAST_GIT_USER";
    private static final String PASSWORD = "BLAST_GIT_PASSWORD";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long UNPACKED_CAP_BYTES = 4L << 30;

    private static final Pattern MODULE = Pattern.compile("(?m)^\\s*path\\s*=\\s*(\\S.*?)\\s*$");

    /** As a clone has them: nothing is left out of the files of a commit, or written into them. */
    private static final String ATTRIBUTES = "* -export-ignore -export-subst\n";

    /**
     * Says who asks where git asks for that, for one server alone: git asks again, and so in vain,
     * where that one leads it to another. A header would go there too. The words stand in
     * variables.
     */
    private static final String HELPER =
            "!f() { test \"$1\" = get && printf 'username=%%s\\npassword=%%s\\n' \"$%s\" \"$%s\"; }; f"
                    .formatted(USER, PASSWORD);

    /** What git needs of the process to get anywhere. */
    private static final List<String> VARIABLES =
            List.of(
                    "http_proxy",
                    "https_proxy",
                    "HTTPS_PROXY",
                    "all_proxy",
                    "ALL_PROXY",
                    "no_proxy",
                    "NO_PROXY",
                    "SSH_AUTH_SOCK");

    private final Path folder;
    private final Path home;
    private final Map<String, String> variables;
    private final boolean offline;

    /**
     * @param cache the user's
     * @param home where the user's netrc is, if {@code NETRC} names no other
     * @param variables of the process
     * @param offline what is not in the cache is not to be had
     */
    public Repositories(Path cache, Path home, Map<String, String> variables, boolean offline) {
        this.home = home;
        this.folder = cache.resolve("repositories");
        this.variables = variables;
        this.offline = offline;
    }

    /** A commit that was brought. */
    public final class Checkout implements CheckedOut {
        private final GitAddress address;
        private final String commit;

        private Checkout(GitAddress address, String commit) {
            this.address = address;
            this.commit = commit;
        }

        @Override
        public String commit() {
            return commit;
        }

        @Override
        public Path tree() {
            return Repositories.tree(own(address), commit);
        }

        @Override
        public Path objects() {
            return own(address).resolve("git/objects");
        }

        @Override
        public void makeRepository(Path copy) throws EnvironmentException, IOException {
            Path git = copy.resolve(".git");
            if (Files.exists(git, LinkOption.NOFOLLOW_LINKS)) {
                throw new RefusedSourceException(
                        "it brings a .git of its own, with settings of its own");
            }
            Git whole = whole(address, commit);
            Git here = Git.in(copy).orElseThrow(() -> new EnvironmentException(Git.missing()));
            require(here.ask("init", "--quiet", "--template=", "--", "."), address);
            Git.Said tags =
                    whole.ask("for-each-ref", "--format=%(objectname) %(refname)", "refs/tags");
            require(tags, address);
            Files.createDirectories(git.resolve("objects/info"));
            Files.writeString(git.resolve("objects/info/alternates"), objects() + "\n");
            Files.writeString(git.resolve("packed-refs"), tags.text());
            Files.writeString(git.resolve("HEAD"), commit + "\n");
            require(here.ask("read-tree", commit), address);
        }
    }

    /**
     * Brings what an address names.
     *
     * @param locked the commit that is taken without asking which it is now; null to ask
     * @throws EnvironmentException where it cannot be had
     */
    public Checkout checkout(GitAddress address, @Nullable String locked)
            throws EnvironmentException {
        try {
            Path own = own(address);
            String known =
                    locked != null ? locked : address.namesCommit() ? address.revision() : null;
            if (known != null && Files.isDirectory(tree(own, known))) {
                return new Checkout(address, known);
            }
            Git git = git(own, address);
            String commit = known != null && has(git, known) ? known : fetched(git, address, known);
            if (!Files.isDirectory(tree(own, commit))) {
                lay(git, commit, own);
            }
            return new Checkout(address, commit);
        } catch (RefusedSourceException e) {
            throw new EnvironmentException(
                    "%s is not laid out: %s".formatted(address, e.getMessage()), e);
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot keep %s: %s%s",
                            address.toString(), Cause.of(e), Cause.advice(e, folder)),
                    e);
        }
    }

    /** What git brings none of with the files of a commit, a clause each. */
    static List<String> lacking(Path tree) throws EnvironmentException {
        var lacking = new ArrayList<String>();
        String modules =
                MODULE.matcher(text(tree.resolve(".gitmodules")))
                        .results()
                        .map(module -> Visible.of(module.group(1)))
                        .sorted()
                        .collect(Collectors.joining(", "));
        if (!modules.isEmpty()) {
            lacking.add("submodules (%s), of which nothing is brought".formatted(modules));
        }
        if (text(tree.resolve(".gitattributes")).contains("filter=lfs")) {
            lacking.add("files in git-lfs, of which only the pointers are brought");
        }
        return lacking;
    }

    private static String text(Path file) throws EnvironmentException {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? OrdinaryFile.text(file)
                    : "";
        } catch (IOException e) {
            throw new EnvironmentException(Message.of("cannot read %s: %s", file, Cause.of(e)), e);
        }
    }

    private Path own(GitAddress address) {
        return folder.resolve(Digest.of(address.url()));
    }

    private static Path tree(Path own, String commit) {
        return own.resolve("files").resolve(commit).resolve("source");
    }

    /** With the history of a commit, brought once, and the tags of that day. */
    private Git whole(GitAddress address, String commit) throws EnvironmentException, IOException {
        Path mark = own(address).resolve("whole").resolve(commit);
        Git git = git(own(address), address);
        if (Files.exists(mark)) {
            return git;
        }
        if (offline) {
            throw new EnvironmentException(
                    "the history of %s is not in the cache, and --offline asks no server"
                            .formatted(address));
        }
        String tags = "+refs/tags/*:refs/tags/*";
        if (!fetchWhole(git, address.url(), commit, tags).isAnswer()) {
            require(fetchWhole(git, address.url(), "+refs/heads/*:refs/heads/*", tags), address);
        }
        Files.createDirectories(mark.getParent());
        Files.writeString(mark, "");
        return git;
    }

    private static Git.Said fetchWhole(Git git, String... from) throws EnvironmentException {
        var words = new ArrayList<String>();
        if (git.ask("rev-parse", "--is-shallow-repository").text().strip().equals("true")) {
            words.add("--unshallow");
        }
        words.add("--");
        words.addAll(List.of(from));
        return fetch(git, words.toArray(String[]::new));
    }

    private Git git(Path own, GitAddress address) throws EnvironmentException, IOException {
        Directories.createPrivate(folder);
        Path bare = own.resolve("git");
        Files.createDirectories(bare);
        Map<String, String> way = way(address);
        Git git =
                Git.in(bare)
                        .orElseThrow(() -> new EnvironmentException(Git.missing()))
                        .reaching(address.protocol(), way, PATIENCE);
        if (way.containsKey(USER)) {
            git = git.with("credential.%s.helper=%s".formatted(address.server(), HELPER));
        }
        if (!Files.exists(bare.resolve("HEAD"))) {
            require(git.ask("init", "--quiet", "--bare", "--template=", "--", "."), address);
        }
        Files.createDirectories(bare.resolve("info"));
        Files.writeString(bare.resolve("info/attributes"), ATTRIBUTES);
        return git;
    }

    /** Who asks is told to that server alone, and stands on no command line. */
    private Map<String, String> way(GitAddress address) throws EnvironmentException {
        var way = new HashMap<String, String>();
        for (String name : VARIABLES) {
            String value = variables.get(name);
            if (value != null) {
                way.put(name, value);
            }
        }
        String certificates = variables.get("SSL_CERT_FILE");
        if (certificates != null) {
            way.put("GIT_SSL_CAINFO", certificates);
        }
        Credentials credentials = credentials(address);
        if (credentials != null) {
            way.put(USER, credentials.user());
            way.put(PASSWORD, credentials.password());
        }
        return way;
    }

    /**
     * Its own, else those of netrc for its host; a {@code default} is for no host of a stranger.
     */
    private @Nullable Credentials credentials(GitAddress address) throws EnvironmentException {
        if (address.credentials() != null || !address.protocol().startsWith("http")) {
            return address.credentials();
        }
        try {
            String host = URI.create(address.server()).getHost();
            return host == null
                    ? null
                    : Netrc.of(variables, home).get(host.toLowerCase(Locale.ROOT));
        } catch (IndexException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    private static boolean has(Git git, String commit) throws EnvironmentException {
        return git.ask("cat-file", "-e", commit + "^{commit}").isAnswer();
    }

    private String fetched(Git git, GitAddress address, @Nullable String known)
            throws EnvironmentException {
        if (offline) {
            throw new EnvironmentException(
                    "%s is not in the cache, and --offline asks no server".formatted(address));
        }
        String commit = known == null ? advertised(git, address) : known;
        if (commit != null
                && fetch(git, "--depth=1", "--", address.url(), commit).isAnswer()
                && has(git, commit)) {
            return commit;
        }
        // a server that gives no single commits, or a part of a commit's id: all of it is asked
        require(
                fetch(
                        git,
                        "--",
                        address.url(),
                        "+refs/heads/*:refs/heads/*",
                        "+refs/tags/*:refs/tags/*"),
                address);
        String wanted = commit != null ? commit : String.valueOf(address.revision());
        Git.Said said =
                git.ask(
                        "rev-parse",
                        "--verify",
                        "--quiet",
                        "--end-of-options",
                        wanted + "^{commit}");
        if (!said.isAnswer()) {
            throw new EnvironmentException(
                    "%s has no branch, tag or commit '%s'".formatted(address.url(), wanted));
        }
        return said.text().strip();
    }

    private static Git.Said fetch(Git git, String... words) throws EnvironmentException {
        var all =
                new ArrayList<>(
                        List.of(
                                "fetch",
                                "--quiet",
                                "--no-tags",
                                "--no-recurse-submodules",
                                "--no-auto-maintenance",
                                "--no-write-fetch-head"));
        all.addAll(List.of(words));
        return git.ask(all.toArray(String[]::new));
    }

    /** Which commit a branch, a tag or the head is now; null where the server names none so. */
    private static @Nullable String advertised(Git git, GitAddress address)
            throws EnvironmentException {
        String revision = address.revision() == null ? "HEAD" : address.revision();
        Git.Said said = git.ask("ls-remote", "--", address.url());
        require(said, address);
        var ids = new HashMap<String, String>();
        said.text()
                .lines()
                .map(line -> line.split("\t", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> ids.put(parts[1], parts[0]));
        for (String name :
                List.of(
                        "refs/heads/" + revision,
                        "refs/tags/" + revision + "^{}",
                        "refs/tags/" + revision,
                        revision)) {
            String id = ids.get(name);
            if (id != null) {
                return id;
            }
        }
        return null;
    }

    private static void require(Git.Said said, GitAddress address) throws EnvironmentException {
        if (said.complainsOf("terminal prompts disabled")
                || said.complainsOf("Authentication failed")) {
            throw new EnvironmentException(
                    Message.of(
                            "git cannot bring %s: its server wants a name and a password, and there are none that it takes\n~/.netrc says them (machine %s login NAME password TOKEN), git+ssh:// needs none; where a server leads to another one, they do not follow",
                            address.toString(), URI.create(address.server()).getHost()));
        }
        if (!said.isAnswer()) {
            throw new EnvironmentException(
                    "git cannot bring %s: %s".formatted(address, Redaction.inText(said.why())));
        }
    }

    private static void lay(Git git, String commit, Path own)
            throws EnvironmentException, IOException {
        Path making = Files.createDirectory(own.resolve(".making-" + UUID.randomUUID()));
        try {
            Path tar = making.resolve("source.tar");
            Git.Said said =
                    git.askInto(
                            tar,
                            UNPACKED_CAP_BYTES,
                            "archive",
                            "--format=tar",
                            "--prefix=source/",
                            commit);
            if (!said.isAnswer()) {
                throw new RefusedSourceException("git cannot read it: " + said.why());
            }
            Path tree = Files.createDirectory(making.resolve("tree"));
            SourceArchive.lay(tar, "source.tar", tree);
            Path kept = Objects.requireNonNull(tree(own, commit).getParent());
            Files.createDirectories(Objects.requireNonNull(kept.getParent()));
            try {
                Files.move(tree, kept, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                if (!Files.isDirectory(tree(own, commit))) { // else another process was first
                    throw e;
                }
            }
        } finally {
            Trees.delete(making);
        }
    }
}
