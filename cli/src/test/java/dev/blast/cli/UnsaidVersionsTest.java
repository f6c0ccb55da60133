package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.environment.git.Git;
import dev.blast.environment.install.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Exactly a lock that says no version of folders and commits, as uv and pip write them. Needs user
 * namespaces, or root.
 */
final class UnsaidVersionsTest extends ShopFixture {
    private Path folder;
    private Path repository;

    UnsaidVersionsTest() {
        super(TestWheel.of("words", "1.0"));
    }

    @BeforeEach
    void aLockOfAnotherProgram() throws Exception {
        assumeTrue(Git.in(project).isPresent(), Git.missing().text());
        folder = project.resolve("parts/greeting");
        repository = project.resolve("parts/committed");
        TestSource.of("greeting", "1.5").needing("words").layInto(folder);
        TestSource.of("committed", "0.3").layInto(repository);
        git("init", "-q", "-b", "main");
        git("add", "-A");
        git("commit", "-q", "-m", "one");
        Files.writeString(
                project.resolve("pyproject.toml"),
                """
                [project]
                name = "shop"
                version = "1"
                dependencies = ["greeting>=1", "committed"]
                [tool.uv.sources]
                greeting = { path = "parts/greeting" }
                committed = { git = "%s", branch = "main" }
                """
                        .formatted(repository.toUri().toString().replaceFirst("/$", "")));
        done("sync");
        String lock =
                lock().replace("created-by = \"blast\"", "created-by = \"other\"")
                        .replaceAll("(?s)\n\\[packages.tool.blast\\].*?\n(?=\n|$)", "\n")
                        .replaceAll(
                                "name = \"(greeting|committed)\"\nversion = .*", "name = \"$1\"");
        assertThat(lock).contains("name = \"greeting\"\n", "[packages.vcs]").doesNotContain("1.5");
        write(lock);
    }

    private String lock() throws IOException {
        return Files.readString(project.resolve("pylock.toml"));
    }

    private void write(String lock) throws IOException {
        Files.writeString(project.resolve("pylock.toml"), lock);
        Trees.delete(project.resolve(".venv"));
    }

    private void git(String... words) throws Exception {
        var line =
                new ArrayList<>(
                        List.of("git", "-c", "user.name=a", "-c", "user.email=a@b.example"));
        line.addAll(List.of(words));
        Process process =
                new ProcessBuilder(line)
                        .directory(repository.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private String directUrl(String distInfo) throws IOException {
        try (var all = Files.walk(project.resolve(".venv"))) {
            Path file =
                    all.filter(path -> path.endsWith(distInfo + ".dist-info/direct_url.json"))
                            .findFirst()
                            .orElseThrow();
            return Files.readString(file);
        }
    }

    @Test
    void itIsInstalledWithAProjectAndAlone() throws IOException {
        String text = lock();
        assertThat(done("sync", "--frozen").out())
                .contains("+ greeting 1.5", "+ committed 0.3", "+ words 1.0");
        assertThat(lock()).isEqualTo(text);
        assertThat(done("check").out()).contains("ok    lock");

        write(text);
        Files.delete(project.resolve("pyproject.toml"));
        assertThat(done("sync", "--frozen").out())
                .contains("+ greeting 1.5", "+ committed 0.3", "+ words 1.0");
        assertThat(directUrl("committed-0.3")).contains("\"requested_revision\":\"main\"");
        assertThat(directUrl("greeting-1.5")).contains("parts/greeting\"", "\"dir_info\":{}");
    }

    @Test
    void whatIsThereIsComparedWithTheLock() throws IOException {
        TestSource.of("greeting", "1.5").needing("words<1").layInto(folder);
        assertThat(blast("sync", "--frozen").err()).contains("greeting needs words <1");

        TestSource.of("greeting", "1.5").needing("others").layInto(folder);
        assertThat(blast("sync", "--frozen").err())
                .contains("pylock.toml: greeting 1.5 needs others, which is not locked");

        TestSource.of("greeting", "0.5").needing("words").layInto(folder);
        assertThat(blast("sync", "--frozen").err())
                .contains("pyproject.toml:4 allows only greeting>=1, 0.5 is locked");

        Files.delete(project.resolve("pyproject.toml"));
        TestSource.of("welcome", "1.5").layInto(folder);
        assertThat(blast("sync", "--frozen").err())
                .contains("parts/greeting is welcome, and not greeting");
        assertThat(project.resolve(".venv")).doesNotExist();
    }

    /** By itself it names nothing beside it, be it through a link. */
    @Test
    void aFolderElsewhereIsNamedByTheProjectAlone() throws IOException {
        Files.delete(project.resolve("pyproject.toml"));
        Path elsewhere = project.resolveSibling("elsewhere");
        TestSource.of("greeting", "1.5").layInto(elsewhere);
        Files.createSymbolicLink(project.resolve("link"), elsewhere);
        String text = lock();
        for (String path : List.of("../elsewhere", "link")) {
            write(text.replace("parts/greeting", path));
            assertThat(blast("sync", "--frozen").err())
                    .contains(
                            "which is not in this one and which nothing but the project may name");
        }
        write(text.replace("parts/greeting", "parts/gone"));
        assertThat(blast("sync", "--frozen").err())
                .contains("pylock.toml: there is no folder " + project.resolve("parts/gone"));
    }

    /** Else a project that somebody sends would bring what lies in a private repository. */
    @ParameterizedTest
    @CsvSource({
        "'', is locked as a commit of file://",
        "version = \"0.3\", a lock alone names no repository of this machine outside of the project"
    })
    void aRepositoryElsewhereIsNamedByTheProjectAlone(String version, String said)
            throws IOException {
        Files.delete(project.resolve("pyproject.toml"));
        Path elsewhere = project.resolveSibling("private");
        Files.move(repository, elsewhere);
        write(
                lock().replaceAll("file://[^\"]*committed", "file://" + elsewhere)
                        .replace("name = \"committed\"", "name = \"committed\"\n" + version));
        Cli.Said refused = blast("sync", "--frozen");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains(said);
    }
}
