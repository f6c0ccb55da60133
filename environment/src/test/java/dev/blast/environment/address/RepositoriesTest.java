package dev.blast.environment.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.git.Git;
import dev.blast.environment.git.TestGit;
import dev.blast.environment.install.Trees;
import dev.blast.index.Credentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoriesTest {
    @TempDir Path given;
    private Path repository;
    private Path cache;
    private String first;
    private String second;

    @BeforeEach
    void setUp() throws Exception {
        assumeTrue(Git.in(given).isPresent(), Git.missing().text());
        repository = given.toRealPath().resolve("repo");
        cache = given.toRealPath().resolve("cache");
        Files.createDirectories(repository.resolve("part"));
        Files.writeString(repository.resolve("part/a.txt"), "one");
        Files.writeString(repository.resolve(".gitattributes"), "part export-ignore\n");
        git("init", "-q", "-b", "main");
        commit("one");
        git("tag", "-a", "-m", "t", "v1");
        first = git("rev-parse", "HEAD");
        Files.writeString(repository.resolve("part/a.txt"), "two");
        commit("two");
        second = git("rev-parse", "HEAD");
    }

    private void commit(String message) throws Exception {
        git("add", "-A");
        git("commit", "-q", "-m", message);
    }

    private String git(String... words) throws Exception {
        return TestGit.in(repository, words);
    }

    private GitAddress address(String revision) {
        return GitAddress.of("git+file://" + repository + revision);
    }

    private Repositories repositories(boolean offline) {
        return new Repositories(cache, given, Map.of(), offline);
    }

    @Test
    void bringsBranchesTagsAndCommits() throws Exception {
        for (String revision :
                new String[] {"", "@main", "@" + second, "@" + second.substring(0, 9)}) {
            Repositories.Checkout checkout = repositories(false).checkout(address(revision), null);
            assertThat(checkout.commit()).as(revision).isEqualTo(second);
            assertThat(checkout.tree().resolve("part/a.txt")).as(revision).hasContent("two");
            assertThat(checkout.tree().resolve(".git")).as(revision).doesNotExist();
        }
        for (String revision : new String[] {"@v1", "@" + first}) {
            assertThat(repositories(false).checkout(address(revision), null).commit())
                    .as(revision)
                    .isEqualTo(first);
        }
    }

    /** Backends take versions out of what git says of the files of a commit. */
    @ParameterizedTest
    @ValueSource(strings = {"", "@main"})
    void aCopyIsARepositoryWithItsHistoryAndUnchanged(String revision) throws Exception {
        Files.writeString(
                repository.resolve(".gitattributes"),
                "said export-subst\nleft export-ignore\n*.bat text eol=crlf\n");
        Files.writeString(repository.resolve("said"), "$Format:%H$");
        Files.writeString(repository.resolve("left"), "x");
        Files.writeString(repository.resolve("a.bat"), "one\ntwo\n");
        Files.createSymbolicLink(repository.resolve("link"), Path.of("part/a.txt"));
        assertThat(repository.resolve("part/a.txt").toFile().setExecutable(true)).isTrue();
        commit("three");
        Repositories.Checkout checkout = repositories(false).checkout(address(revision), null);
        Path copy = given.resolve("copy");
        copy(checkout.tree(), copy);
        checkout.makeRepository(copy);
        assertThat(TestGit.in(copy, "status", "--porcelain")).isEmpty();
        assertThat(TestGit.in(copy, "describe", "--tags", "--long", "--dirty"))
                .startsWith("v1-2-g" + git("rev-parse", "HEAD").substring(0, 7))
                .doesNotContain("dirty");
        assertThat(TestGit.in(copy, "rev-list", "--count", "HEAD")).isEqualTo("3");
        copy(checkout.tree(), given.resolve("other"));
        Repositories.Checkout again =
                repositories(true).checkout(address(revision), checkout.commit());
        again.makeRepository(given.resolve("other"));
        assertThat(TestGit.in(given.resolve("other"), "status", "--porcelain")).isEmpty();
    }

    /** Git lets a commit hold what no checkout would write. */
    @Test
    void aCommitWithARepositoryInItIsRefused() throws Exception {
        Path settings = Files.writeString(given.resolve("config"), "[core]\n");
        String blob = git("hash-object", "-w", settings.toString());
        Path entry = given.resolve("entry");
        Files.write(entry, entry("100644 config", blob));
        String inner = git("hash-object", "-w", "--literally", "-t", "tree", entry.toString());
        Files.write(entry, entry("40000 .git", inner));
        String tree = git("hash-object", "-w", "--literally", "-t", "tree", entry.toString());
        git("update-ref", "refs/heads/main", git("commit-tree", "-m", "hostile", tree));
        assertThatThrownBy(
                        () -> {
                            Repositories.Checkout checkout =
                                    repositories(false).checkout(address("@main"), null);
                            Path copy = given.resolve("copy");
                            copy(checkout.tree(), copy);
                            checkout.makeRepository(copy);
                        })
                .hasMessageContaining(".git");
    }

    private static byte[] entry(String text, String id) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(text.getBytes(StandardCharsets.UTF_8));
        bytes.write(0);
        bytes.write(HexFormat.of().parseHex(id));
        return bytes.toByteArray();
    }

    private static void copy(Path from, Path to) throws Exception {
        assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start().waitFor())
                .isZero();
    }

    @Test
    void whatIsThereIsNotAskedForAgain() throws Exception {
        repositories(false).checkout(address("@main"), null);
        git("commit", "-q", "--allow-empty", "-m", "three");
        assertThat(repositories(true).checkout(address("@main"), second).commit())
                .isEqualTo(second);
        assertThat(repositories(true).checkout(address("@" + second), null).commit())
                .isEqualTo(second);
        assertThatThrownBy(() -> repositories(true).checkout(address("@main"), null))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("is not in the cache, and --offline asks no server");
        assertThat(repositories(false).checkout(address("@main"), null).commit())
                .isNotEqualTo(second);
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> repositories(false).checkout(address("@gone"), null))
                .hasMessage("file://%s has no branch, tag or commit 'gone'".formatted(repository));
        assertThatThrownBy(() ->
                        repositories(false)
                                .checkout(
                                        GitAddress.of("git+file://" + given + "/none@main"), null))
                .hasMessageContaining("git cannot bring file://")
                .hasMessageContaining("none@main: ");
    }

    private GitServer server(@Nullable Credentials asked) throws Exception {
        return new GitServer(given.toRealPath(), asked, null);
    }

    private String bring(String server) throws EnvironmentException {
        return repositories(false)
                .checkout(GitAddress.of("git+http://" + server + "/repo/.git@main"), null)
                .commit();
    }

    /** Whoever is named in the address, or else in netrc, is told to the server that asks. */
    @Test
    void aServerIsToldWhoAsks() throws Exception {
        var alice = new Credentials("alice", "s3:cret");
        try (GitServer open = server(null);
                GitServer shut = server(alice)) {
            assertThat(bring(open.authority())).isEqualTo(second);
            assertThat(bring("alice:s3%3Acret@" + shut.authority())).isEqualTo(second);
            assertThat(shut.said).contains(alice.authorization());

            Trees.delete(cache);
            assertThatThrownBy(() -> bring(shut.authority()))
                    .hasMessage(
                            "git cannot bring http://%s/repo/.git@main: its server wants a name and a password, and there are none that it takes\n~/.netrc says them (machine 127.0.0.1 login NAME password TOKEN), git+ssh:// needs none; where a server leads to another one, they do not follow"
                                    .formatted(shut.authority()));
            Path netrc = given.resolve(".netrc");
            Files.writeString(netrc, "default login alice password s3:cret\n");
            assertThatThrownBy(() -> bring(shut.authority())).hasMessageContaining("wants a name");
            Files.writeString(netrc, "machine 127.0.0.1 login alice password s3:cret\n");
            assertThat(bring(shut.authority())).isEqualTo(second);
            assertThat(open.said).containsOnly("");
        }
    }

    /** Git would send a header of ours on to wherever a server leads it. */
    @Test
    void whoAsksIsToldToNoServerThatAnotherLeadsTo() throws Exception {
        try (GitServer open = server(null);
                GitServer shut = server(new Credentials("alice", "secret"));
                var toOpen = new GitServer(given.toRealPath(), null, "http://" + open.authority());
                var toShut =
                        new GitServer(given.toRealPath(), null, "http://" + shut.authority())) {
            assertThat(bring("alice:secret@" + toOpen.authority())).isEqualTo(second);
            assertThatThrownBy(() -> bring("alice:secret@" + toShut.authority()))
                    .hasMessageContaining("they do not follow")
                    .hasMessageNotContaining("secret");
            assertThat(open.said).isNotEmpty().containsOnly("");
            assertThat(shut.said).isNotEmpty().containsOnly("");
        }
    }

    /** A link that leads out, a submodule, and programs that a repository names. */
    @Test
    void whatAStrangerPutsIntoARepositoryIsHarmless() throws Exception {
        Path started = given.resolve("started");
        for (String hook : new String[] {"post-checkout", "post-update", "pre-auto-gc"}) {
            Path file = repository.resolve(".git/hooks").resolve(hook);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\ntouch %s\n".formatted(started));
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        git("config", "uploadpack.packObjectsHook", "touch " + started + ";");
        Files.writeString(
                repository.resolve(".gitattributes"),
                "*.txt filter=x diff=x export-subst\n*.bin filter=lfs\n");
        git("config", "filter.x.smudge", "touch " + started);
        Files.writeString(
                repository.resolve(".gitmodules"),
                "[submodule \"s\"]\n path = s\n url = ext::touch " + started + "\n");
        commit("hostile");
        Repositories.Checkout checkout = repositories(false).checkout(address(""), null);
        assertThat(checkout.tree().resolve("part/a.txt")).hasContent("two");
        assertThat(Repositories.lacking(checkout.tree()))
                .containsExactly(
                        "submodules (s), of which nothing is brought",
                        "files in git-lfs, of which only the pointers are brought");
        assertThat(started).doesNotExist();

        Files.createSymbolicLink(repository.resolve("out"), Path.of("../../../etc/passwd"));
        commit("link");
        assertThatThrownBy(() -> repositories(false).checkout(address(""), null))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("is not laid out: ")
                .hasMessageContaining("out");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "git+https://x.example/a.git, https://x.example/a.git, -, -, -",
                "git+https://x.example/a.git@v1#subdirectory=s/t, https://x.example/a.git, v1, s/t, -",
                "git+ssh://git@x.example/a@feature/b, ssh://git@x.example/a, feature/b, -, -",
                "git+https://me:se%40cret@x.example/a@v1, https://x.example/a, v1, -, me:se@cret",
                "git+https://token@x.example/a, https://x.example/a, -, -, token:",
            })
    void readsAddresses(
            String text, String url, String revision, String subdirectory, String credentials) {
        String[] both = credentials == null ? null : credentials.split(":", 2);
        assertThat(GitAddress.of(text))
                .isEqualTo(
                        new GitAddress(
                                url,
                                revision,
                                subdirectory,
                                both == null ? null : new Credentials(both[0], both[1])));
    }

    @Test
    void aCommitIsKnownByWhatWasAskedFor() {
        GitAddress asked = address("@main#subdirectory=part");
        assertThat(asked.isOf(asked.at(first))).isTrue();
        assertThat(address("@other#subdirectory=part").isOf(asked.at(first))).isFalse();
        assertThat(address("@main").isOf(asked.at(first))).isFalse();
        assertThat(GitAddress.of(asked.at(first).toString()).revision()).isEqualTo(first);
        assertThat(GitAddress.requested(asked.at(first))).isEqualTo("main");
    }
}
