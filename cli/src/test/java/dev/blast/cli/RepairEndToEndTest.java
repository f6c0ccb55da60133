package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways out of a conflict, taken at the command line. */
class RepairEndToEndTest {
    private static final String PROJECT =
            """
            [project]
            name = "hello"
            version = "1"
            dependencies = [
              "greeter>=2",
              'Words <2',  # the old ones
            ]
            """;

    @TempDir Path home;

    private LoopbackIndex index;
    private Path project;
    private Path file;

    @BeforeEach
    void aConflict() throws IOException {
        index =
                new LoopbackIndex()
                        .with(
                                TestWheel.of("greeter", "1.0", "words>=1"),
                                TestWheel.of("greeter", "2.0", "words>=2"),
                                TestWheel.of("words", "1.0"),
                                TestWheel.of("words", "2.0"),
                                TestWheel.of("plain", "1.0"));
        project = Files.createDirectories(home.resolve("src/hello"));
        file = project.resolve("pyproject.toml");
        Files.writeString(file, PROJECT);
    }

    @AfterEach
    void noIndexAndNoLinksOutOfTheFolder() throws IOException {
        index.close();
        for (String link : new String[] {"python", "python3"}) {
            Files.deleteIfExists(project.resolve(".venv/bin").resolve(link));
        }
    }

    private Cli.Said blast(int exit, String... argv) {
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
        assertThat(said.exit()).as("%s%s", said.out(), said.err()).isEqualTo(exit);
        return said;
    }

    private String masked(String text) {
        return Golden.masked(text)
                .replace(home.toString(), "HOME")
                .replaceAll("pip [0-9.]+", "pip N")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", "DAY TIME")
                .replaceAll("(?<=[^ \n]) {2,}", "  ");
    }

    @Test
    void aWayOutIsTakenFileAndEnvironmentTogether() throws IOException {
        assertThat(blast(2, "sync", "--repair").err()).contains("no ways out have been shown");
        assertThat(blast(3, "sync").err()).endsWith("blast sync --repair A applies one.\n");
        Golden.check("repair-shown.txt", masked(blast(0, "sync", "--repair").out()));
        Golden.check(
                "repair-dry-run.txt", masked(blast(0, "sync", "--repair", "B", "--dry-run").out()));
        assertThat(file).hasContent(PROJECT);
        assertThat(project.resolve(".venv")).doesNotExist();

        Golden.check("repair-taken.txt", masked(blast(0, "sync", "--repair", "b").out()));
        assertThat(Files.readString(file)).isEqualTo(PROJECT.replace("<2'", ">=2.0,<3'"));
        assertThat(blast(0, "sync").out()).contains("nothing to do");
        assertThat(blast(0, "sync", "--repair").out()).endsWith("B was taken, as generation 1\n");
        assertThat(blast(0, "sync", "--repair", "--json").out())
                .contains("\"taken\" : \"B\"")
                .contains("\"secondsToFirstWay\"");
        assertThat(blast(1, "sync", "--repair", "A").err())
                .contains("there is an answer without it now");
    }

    @Test
    void whatIsNotAsItWasShownIsRefused() throws IOException {
        blast(3, "sync");
        Cli.Said unknown = blast(2, "sync", "--repair", "X");
        assertThat(unknown.err())
                .contains("--repair X: there is no such way out")
                .contains("B  words >=2.0,<3  instead of");
        Files.writeString(file, PROJECT.replace("old ones", "very old ones"));
        Cli.Said changed = blast(3, "sync", "--repair", "A");
        assertThat(changed.err())
                .contains(
                        "nothing was changed, because the project's files or its lock have changed")
                .endsWith("blast sync --repair A applies one.\n");
        assertThat(project.resolve(".venv")).doesNotExist();
        assertThat(blast(2, "sync", "--repair", "A", "--frozen").err()).contains("goes without");
        String json = blast(0, "sync", "--repair", "A", "--json").out();
        assertThat(json)
                .contains("\"file\" : \"pyproject.toml\"")
                .contains("\"line\" : 5")
                .contains("greeter>=1.0");
    }

    @Test
    void aHoldIsLiftedAndNoFileEdited() throws IOException {
        Files.createDirectories(home.resolve(".config/blast/policies"));
        Files.writeString(
                home.resolve(".config/blast/policies/own.drl"),
                """
                rule "not yet"
                when
                    Candidate( name == "plain" )
                then
                    hold( "not yet" );
                end
                """);
        Files.writeString(
                file, "[project]\nname = \"hello\"\nversion = \"1\"\ndependencies = [\"plain\"]\n");
        Cli.Said said = blast(3, "sync");
        assertThat(said.err()).contains("--lift plain==1.0");
        String before = Files.readString(file);
        Cli.Said taken = blast(0, "sync", "--repair", "A");
        assertThat(taken.out()).contains("plain 1.0");
        assertThat(file).hasContent(before);
        assertThat(blast(0, "sync").out()).contains("plain");
    }

    @Test
    void whatStandsOutsideTheProjectIsForAPerson() throws IOException {
        Files.delete(file);
        Files.writeString(project.resolve("../shared.txt"), "greeter>=2\nwords<2\n");
        Files.writeString(project.resolve("requirements.txt"), "-r ../shared.txt\n");
        blast(3, "sync");
        Cli.Said byHand = blast(3, "sync", "--repair", "A");
        assertThat(byHand.err())
                .contains("--repair A: nothing was changed; this has to be done by hand")
                .contains("shared.txt:")
                .contains("is no file of this project: write ");
        assertThat(project.resolve("../shared.txt")).hasContent("greeter>=2\nwords<2\n");
    }

    @Test
    void requirementsFilesAreEditedWhereTheyStand() throws IOException {
        Files.delete(file);
        Files.createDirectories(project.resolve("deps"));
        Files.writeString(project.resolve("requirements.txt"), "-r deps/a.in\n-c deps/pins.txt\n");
        Files.writeString(project.resolve("deps/a.in"), "greeter >= 2\r\n");
        Files.writeString(project.resolve("deps/pins.txt"), "# pins\nwords==1.0 # old\nplain==1.0");
        assertThat(blast(3, "sync").err()).contains("without the pin words ==1.0");
        Golden.check("repair-unpin.txt", masked(blast(0, "sync", "--repair", "A").out()));
        assertThat(project.resolve("deps/pins.txt")).hasContent("# pins\nplain==1.0");
        assertThat(blast(0, "sync").out()).contains("nothing to do");
    }
}
