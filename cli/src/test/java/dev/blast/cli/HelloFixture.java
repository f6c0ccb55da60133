package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.invocation.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A project in a home of its own, an index on loopback, and a Python of this machine. */
abstract class HelloFixture {
    @TempDir Path home;

    LoopbackIndex index;
    Path project;

    @BeforeEach
    void aProject() throws IOException {
        index =
                new LoopbackIndex()
                        .with(
                                TestWheel.of("greeter", "1.0", "words>=1"),
                                TestWheel.of("greeter", "2.0", "words>=2"),
                                TestWheel.of("words", "1.0"),
                                TestWheel.of("words", "2.0"),
                                TestWheel.of("says", "1.0")
                                        .saying("def main():\n    print('said')\n"));
        project = Files.createDirectories(home.resolve("src/hello project"));
        ask("greeter", "says");
    }

    @AfterEach
    void noIndexAndNoLinksOutOfTheFolder() throws IOException {
        index.close();
        for (String link : List.of("python", "python3")) {
            Files.deleteIfExists(
                    project.resolve(".venv/bin").resolve(link)); // JUnit warns about each
        }
    }

    void ask(String... requirements) throws IOException {
        String list =
                requirements.length == 0
                        ? ""
                        : "  \"" + String.join("\",\n  \"", requirements) + "\",\n";
        Files.writeString(
                project.resolve("pyproject.toml"),
                "[project]\nname = \"hello\"\nversion = \"1\"\ndependencies = [\n" + list + "]\n");
    }

    Cli.Said blast(String... argv) {
        Map<String, String> variables =
                new HashMap<>(
                        Map.of(
                                "HOME",
                                home.toString(),
                                "PIP_INDEX_URL",
                                index.url(),
                                "PIP_CONFIG_FILE",
                                "/dev/null"));
        variables.put("PATH", System.getenv("PATH"));
        Cli.Said said = new Cli(project, variables).run(argv);
        assertThat(said.exit()).as("%s%s", said.out(), said.err()).isNotEqualTo(Exit.BUG.code());
        return said;
    }

    Cli.Said done(String... argv) {
        Cli.Said said = blast(argv);
        assertThat(said.exit()).as("%s%s", said.out(), said.err()).isZero();
        return said;
    }

    /**
     * Figures, the Python of this machine and what its kernel gives are not what a golden text is
     * about.
     */
    String masked(String text) {
        return Golden.masked(text)
                .replace(index.url(), "INDEX/")
                .replace(home.toString(), "HOME")
                .replaceAll("Python 3\\.[0-9.]+", "Python 3.N")
                .replaceAll(" 3\\.[0-9]+\\.[0-9]+ ", " 3.N ")
                .replaceAll("sandbox (full|without [a-z, ]+|none) ", "sandbox LADDER ")
                .replaceAll("(?m)^  sandbox .*\n( {15}.*\n)*", "  sandbox      LAYERS\n")
                .replaceAll("\\((\\d+) files?\\)", "(N files)")
                .replaceAll("pip [0-9.]+", "pip N")
                .replaceAll("(?<=[^ \n]) {2,}", "  ");
    }
}
