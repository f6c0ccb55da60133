package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.terminal.ColorChoice;
import dev.blast.cli.terminal.Console;
import dev.blast.cli.terminal.Output;
import dev.blast.cli.terminal.Prompt;
import dev.blast.cli.terminal.Terminal;
import dev.blast.cli.terminal.Verbosity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an edit of policies means, against a commit, a folder, and what was trusted. */
final class PolicyDiffTest {
    private static final String RULE =
            "rule \"ours\" when Connection( host == \"a.example\", port == %d ) then allow(); end\n";

    private static final String OPENS_80 =
            """
            OPENS, and was closed
              Connection( host == "a.example", port == 80 )
                  before  denied   no rule answers
                  after   allowed  policies/own.drl:1 "ours"
            """;

    @TempDir Path home;

    private Path project;

    @BeforeEach
    void aProject() throws IOException {
        project = home.resolve("shop");
        Files.createDirectories(project.resolve("policies"));
        Files.writeString(
                project.resolve("pyproject.toml"), "[project]\nname = \"shop\"\nversion = \"1\"\n");
        write(443);
    }

    private void write(int port) throws IOException {
        Files.writeString(project.resolve("policies/own.drl"), RULE.formatted(port));
    }

    private Cli.Said blast(String... words) {
        var variables = Map.of("HOME", home.toString(), "PATH", System.getenv("PATH"));
        return new Cli(project, variables).run(words);
    }

    private void git(String... words) throws Exception {
        var line =
                new ArrayList<String>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@b"));
        line.addAll(List.of(words));
        var builder = new ProcessBuilder(line).directory(project.toFile()).inheritIO();
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        assertThat(builder.start().waitFor()).as(String.join(" ", words)).isZero();
    }

    private void commit() throws Exception {
        git("init", "-q");
        git("add", "-A");
        git("commit", "-q", "-m", "one");
    }

    @Test
    void againstTheLastCommit() throws Exception {
        commit();
        assertThat(blast("policy", "diff").out())
                .matches("compared with HEAD \\([0-9a-f]{12}\\): the same files, to the byte\n");
        write(80);
        Cli.Said said = blast("policy", "diff");
        assertThat(said.exit()).isZero();
        assertThat(said.out()).startsWith("compared with HEAD (").contains(OPENS_80);
        assertThat(said.out())
                .contains("CLOSES, and was open\n", "1 opens, 1 closes, 0 change otherwise");
        assertThat(blast("policy", "diff", "HEAD", "--exit-code").exit()).isEqualTo(1);
        write(443);
        assertThat(blast("policy", "diff", "HEAD", "--exit-code").exit()).isZero();
        Files.writeString(
                project.resolve("policies/own.drl"),
                "// said\n" + RULE.formatted(443).replace("ours", "theirs"));
        said = blast("policy", "diff", "--exit-code");
        assertThat(said.exit()).isZero();
        assertThat(said.out())
                .endsWith(
                        """
                        "ours" is called "theirs" now (policies/own.drl:2), and says the same
                        the same meaning: no rule says anything else
                        """);
    }

    /** Also what the project's settings named then. */
    @Test
    void aRevisionIsReadAsItWas() throws Exception {
        Files.createDirectories(project.resolve("rules"));
        Files.move(project.resolve("policies/own.drl"), project.resolve("rules/own.drl"));
        Path settings = project.resolve("pyproject.toml");
        String text = Files.readString(settings);
        Files.writeString(settings, text + "[tool.blast]\npolicies = [\"rules\"]\n");
        commit();
        Files.move(project.resolve("rules/own.drl"), project.resolve("policies/own.drl"));
        Files.writeString(settings, text);
        assertThat(blast("policy", "diff", "HEAD").out())
                .contains("the same meaning: no rule says anything else");
    }

    @Test
    void nothingOfARepositoryIsStarted() throws Exception {
        commit();
        Path mark = home.resolve("started");
        Path program = home.resolve("run.sh");
        Files.writeString(program, "#!/bin/sh\ntouch %s\n".formatted(mark));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        for (String key :
                List.of(
                        "core.fsmonitor",
                        "core.pager",
                        "core.sshCommand",
                        "core.hooksPath",
                        "diff.external",
                        "core.askPass",
                        "filter.a.smudge",
                        "remote.origin.uploadpack")) {
            git("config", key, program.toString());
        }
        git("config", "remote.origin.url", "ext::" + program);
        git("config", "remote.origin.promisor", "true");
        git("config", "extensions.partialClone", "origin");
        git("config", "protocol.ext.allow", "always");
        Files.writeString(project.resolve(".gitattributes"), "*.drl filter=a\n");
        write(80);
        assertThat(blast("policy", "diff").out()).contains(OPENS_80);
        try (var objects = Files.walk(project.resolve(".git/objects"))) {
            for (Path object : objects.filter(Files::isRegularFile).toList()) {
                Path aside = object.resolveSibling("aside");
                Files.move(object, aside);
                Cli.Said said = blast("policy", "diff", "HEAD");
                assertThat(said.exit() == 0 ? said.out() : said.err())
                        .containsAnyOf(OPENS_80, "git ");
                Files.move(aside, object);
            }
        }
        assertThat(mark).doesNotExist();
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        assertThat(blast("policy", "diff", "HEAD").err())
                .contains("git knows no revision 'HEAD'", "not a git repository");
        assertThat(blast("policy", "diff").out())
                .startsWith("compared with no policies of this project: nothing is trusted")
                .contains("port == 443");
        commit();
        assertThat(blast("policy", "diff", "--", "--output=x").err())
                .contains("git knows no revision '--output=x'");
        Path other = Files.createDirectories(home.resolve("other"));
        assertThat(blast("policy", "diff", other.toString()).err())
                .contains("there are no policies");
        Files.createSymbolicLink(other.resolve("a.drl"), home.resolve("shop/pyproject.toml"));
        assertThat(blast("policy", "diff", other.toString()).err())
                .contains("leads out of the folder");
        Files.delete(other.resolve("a.drl"));
        Files.writeString(other.resolve("a.drl"), "rule");
        Cli.Said said = blast("policy", "diff", "../other");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("the policies ../other have errors", "../other/a.drl:1:5");
    }

    @Test
    void againstAFolder() throws IOException {
        Path other = Files.createDirectories(home.resolve("other/policies"));
        Files.writeString(other.resolve("own.drl"), RULE.formatted(443));
        write(80);
        assertThat(blast("policy", "diff", "../other").out())
                .startsWith("compared with ../other\n")
                .contains(OPENS_80, "before  allowed  ../other/policies/own.drl:1 \"ours\"");
    }

    @Test
    void trustShowsWhatOpensAndKeepsWhatWasAgreedTo() throws IOException {
        Cli.Said first = blast("trust");
        assertThat(first.out())
                .startsWith("compared with the same files untrusted\n\nOPENS, and was closed\n")
                .contains("port == 443", "shop: trusted 1 policy file");
        assertThat(blast("trust").out()).startsWith("shop: trusted 1 policy file");
        assertThat(blast("trust", "--list").out())
                .matches("~/shop  \\d{4}-\\d\\d-\\d\\d  1 policy file  in force\n");
        write(80);
        assertThat(blast("trust", "--list").out()).contains("changed since, and off");
        assertThat(blast("policy", "diff").out())
                .startsWith("compared with what you trusted on ")
                .contains(OPENS_80);
        Cli.Said second = blast("trust", "--yes", "--json");
        assertThat(second.out())
                .contains("\"against\" : \"what you trusted on ", "port == 80", "\"closes\"");
        assertThat(blast("trust", "--revoke").out()).contains("no longer trusted");
        assertThat(blast("trust", "--list").out()).isEqualTo("no project's policies are trusted\n");
        assertThat(blast("trust", "--list", "--revoke").exit()).isEqualTo(2);
    }

    /** One that was made by hand says nothing of a project. */
    @Test
    void aMarkAloneIsTrustWithoutAName() throws IOException {
        blast("trust");
        try (var files = Files.walk(home)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".kept")).toList()) {
                Files.writeString(file, "project /etc\ntime now\nend\n");
            }
        }
        assertThat(blast("trust", "--list").out())
                .isEqualTo("1 project more, trusted by an earlier version that kept no name\n");
        assertThat(blast("policy", "show").out()).doesNotContain("off, not trusted");
    }

    @ParameterizedTest
    @CsvSource({"y, true", "YES, true", "n, false", "'', false", "yess, false"})
    void onlyYesIsYes(String typed, boolean agrees) {
        var said = new ByteArrayOutputStream();
        Console console = console(said);
        var in = new ByteArrayInputStream((typed + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(Prompt.agrees(console, in, "trust it?")).isEqualTo(agrees);
        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo("trust it? [y/N] ");
        assertThat(Prompt.agrees(console, in, "trust it?")).as("nothing typed").isFalse();
    }

    private static Console console(ByteArrayOutputStream said) {
        return new Console(
                new Output(said),
                new Output(said),
                Terminal.NONE,
                Map.of(),
                Verbosity.NORMAL,
                ColorChoice.NEVER);
    }

    /** A terminal on which nobody types. */
    @Test
    void anInterruptionIsNoYesAndEndsTheQuestionAtOnce() throws Exception {
        var said = new ByteArrayOutputStream();
        try (var typing = new PipedOutputStream();
                var terminal = new PipedInputStream(typing)) {
            Thread.currentThread().interrupt();
            assertThat(Prompt.agrees(console(said), terminal, "trust it?")).isFalse();
            assertThat(Thread.interrupted()).isTrue();
            typing.write('y');
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo("trust it? [y/N] \n");
    }
}
