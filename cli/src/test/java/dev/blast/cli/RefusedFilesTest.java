package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What policies of the cookbook say of files, in syncs: another version is looked for where it
 * might do, and where none does the rule is named.
 */
final class RefusedFilesTest {
    @TempDir Path home;

    private final Map<String, String> variables = new HashMap<>();
    private LoopbackIndex index;
    private Path project;

    @BeforeEach
    void aProject() throws IOException {
        index =
                new LoopbackIndex()
                        .with(
                                TestWheel.of("words", "1.0"),
                                TestWheel.of("words", "2.0"),
                                TestWheel.of("words", "3.0").tagged("py3-none-linux_x86_64"),
                                TestWheel.of("acme-tracing", "2.4.1")
                                        .holding("acme_tracing.pth", "import acme_tracing\n"),
                                TestWheel.of("acme-tracing", "2.5.0")
                                        .holding("acme_tracing.pth", "import acme_tracing\n"))
                        .with(
                                IntStream.range(1, 15)
                                        .mapToObj(minor ->
                                                TestWheel.of("large", "1." + minor)
                                                        .tagged("py3-none-linux_x86_64"))
                                        .toArray(TestWheel[]::new));
        project = Files.createDirectories(home.resolve("shop"));
        variables.put("HOME", home.toString());
        variables.put("PATH", System.getenv("PATH"));
        variables.put("PIP_INDEX_URL", index.url());
        variables.put("PIP_CONFIG_FILE", "/dev/null");
    }

    @AfterEach
    void noIndex() {
        index.close();
    }

    @Test
    void inCiTheLockDecidesAndNoOtherVersionIsTried() throws IOException {
        ask("words<3");
        done("policy", "new", "hashed-wheels");
        variables.put("CI", "true");
        Cli.Said refused = blast("sync");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains(
                        "words-2.0-py3-none-any.whl: what a server sends there is held against the lock",
                        "(\"in CI nothing without a hash\", policies/hashed-wheels.drl:9)")
                .doesNotContain("words-1.0");
        ask("words<2");
        variables.remove("CI");
        assertThat(done("sync").out()).contains("+ words 1.0");
        ask("words<3");
        variables.put("CI", "true");
        assertThat(done("sync").out()).contains("nothing to do");
        Cli.Said other = blast("sync", "--upgrade");
        assertThat(other.exit()).as("another version than the locked one").isEqualTo(1);
        assertThat(other.err()).contains("words-2.0-py3-none-any.whl: what a server sends");
    }

    @Test
    void anotherVersionIsTakenWhereItMightDo() throws IOException {
        ask("words");
        done("policy", "new", "small-image");
        assertThat(done("sync").out()).contains("+ words 2.0");
        ask("large");
        Cli.Said refused = blast("sync");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains(
                        "refused by policy",
                        "large-1.14-",
                        "(\"no compiled code\", policies/small-image.drl:8)");
    }

    @Test
    void theRuleThatWaitsForTrustIsNamed() throws IOException {
        ask("acme-tracing");
        done("policy", "new", "startup-hooks");
        assertThat(blast("sync").err())
                .contains(
                        "acme_tracing.pth of acme-tracing 2.5.0, which Python reads at every start: no rule allows it",
                        "acme_tracing.pth of acme-tracing 2.4.1, which Python reads at every start: \"tracing, as somebody has read it\" (policies/startup-hooks.drl:9) would allow it, and is not trusted: blast trust");
        done("trust");
        assertThat(done("sync").out()).contains("+ acme-tracing 2.4.1");
    }

    private void ask(String requirement) throws IOException {
        Files.writeString(
                project.resolve("pyproject.toml"),
                "[project]\nname = \"shop\"\nversion = \"1\"\ndependencies = [\"%s\"]\n"
                        .formatted(requirement));
    }

    private Cli.Said blast(String... words) {
        return new Cli(project, variables).run(words);
    }

    private Cli.Said done(String... words) {
        Cli.Said said = blast(words);
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        return said;
    }
}
