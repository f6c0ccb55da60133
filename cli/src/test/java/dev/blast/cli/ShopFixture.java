package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.invocation.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A project in a home of its own, beside an index with a few wheels. */
abstract class ShopFixture {
    @TempDir Path home;

    final Map<String, String> variables = new HashMap<>();
    Path project;

    private final TestWheel[] wheels;
    private LoopbackIndex index;

    ShopFixture(TestWheel... wheels) {
        this.wheels = wheels.clone();
    }

    @BeforeEach
    final void aProject() throws IOException {
        index = new LoopbackIndex().with(wheels);
        project = Files.createDirectories(home.resolve("shop"));
        variables.put("HOME", home.toString());
        variables.put("PATH", System.getenv("PATH"));
        variables.put("PIP_INDEX_URL", index.url());
        variables.put("PIP_CONFIG_FILE", "/dev/null");
    }

    /** What the index has besides. */
    final void offer(TestSource... sources) {
        index.with(sources);
    }

    @AfterEach
    final void noIndex() {
        index.close();
    }

    /** When every file of the index was uploaded. */
    final void uploaded(String time) {
        index.uploaded(time);
    }

    /** What the project asks for, a line each; the first is line 5. */
    final void ask(String... requirements) throws IOException {
        Files.writeString(
                project.resolve("pyproject.toml"),
                "[project]\nname = \"shop\"\nversion = \"1\"\ndependencies = [\n  \"%s\",\n]\n"
                        .formatted(String.join("\",\n  \"", requirements)));
    }

    /** A policy in a folder of policies. */
    static void rules(Path folder, String text) throws IOException {
        Files.writeString(Files.createDirectories(folder).resolve("own.drl"), text);
    }

    final Cli.Said done(String... argv) {
        Cli.Said said = blast(argv);
        assertThat(said.exit()).as("%s%s", said.out(), said.err()).isZero();
        return said;
    }

    final Cli.Said blast(String... argv) {
        Cli.Said said = new Cli(project, variables).run(argv);
        assertThat(said.exit()).as("%s%s", said.out(), said.err()).isNotEqualTo(Exit.BUG.code());
        return said;
    }
}
