package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are drawn into files, from the command line on. */
class PicturesTest {
    @TempDir Path home;

    private LoopbackIndex index;
    private Path project;

    @BeforeEach
    void aProject() throws IOException {
        index =
                new LoopbackIndex()
                        .with(
                                TestWheel.of("greeter", "1.0", "words>=1"),
                                TestWheel.of("greeter", "2.0", "words>=2"),
                                TestWheel.of("words", "1.0"),
                                TestWheel.of("words", "2.0"));
        project = Files.createDirectories(home.resolve("hello"));
    }

    @AfterEach
    void noIndexAndNoLinksOutOfTheFolder() throws IOException {
        index.close();
        for (String link : new String[] {"python", "python3"}) {
            Files.deleteIfExists(project.resolve(".venv/bin").resolve(link)); // JUnit warns
        }
    }

    @Test
    void whatIsInstalledIsDrawnInEveryForm() throws IOException {
        ask("\"greeter\"");
        assertThat(blast("start").exit()).isZero();
        Files.writeString(project.resolve("all.html"), "old");
        Cli.Said said =
                blast("list", "packages", "--html", "all.html", "--svg", "a.svg", "--dot", "a.dot");
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("greeter");
        assertThat(said.err()).contains("written: " + project.resolve("all.html"));
        assertThat(text("all.html")).startsWith("<!doctype html>").contains("greeter", "words");
        assertThat(text("all.html")).containsPattern("[0-9] k?B to download");
        assertThat(text("a.svg")).startsWith("<svg xmlns=").contains(">greeter<", ">&gt;=2<");
        assertThat(text("a.dot")).startsWith("digraph \"hello: who needs whom\" {");
        assertThat(blast("why", "words", "--svg", "why.svg").exit()).isZero();
        assertThat(text("why.svg")).contains(">words<").doesNotContain(">pip<");
        assertThat(blast("why", "torch", "--svg", "no.svg").err())
                .contains("no.svg was not written: torch is not part of this environment");
        assertThat(blast("sync", "--html", "none.html").err()).contains("versions fit together");
        assertThat(project.toFile().list())
                .as("no draft is left")
                .contains("all.html", "a.svg", "a.dot", "why.svg")
                .noneMatch(name -> name.endsWith(".part") || name.startsWith("no"));
    }

    @Test
    void aPictureMarksWhatARuleHoldsBack() throws IOException {
        Files.createDirectories(project.resolve("policies"));
        Files.writeString(
                project.resolve("policies/own.drl"),
                """
                rule "words wait"
                when
                    Candidate( name == "words", version >= "2" )
                then
                    hold( "not tried yet" );
                end
                """);
        ask("\"words\"");
        assertThat(blast("start").exit()).isZero();
        assertThat(blast("list", "packages", "--outdated", "--html", "o.html").exit()).isZero();
        assertThat(text("o.html"))
                .contains("class=\"mark\"> newer held back</tspan>", "the newest is 2.0")
                .contains("a rule holds 2.0 back: not tried yet");
        assertThat(blast("why", "words", "--dot", "w.dot").exit()).isZero();
        assertThat(text("w.dot")).contains("label=\"words 1.0 newer held back\"");
    }

    @Test
    void aConflictIsDrawnAndSaidAllTheSame() throws IOException {
        ask("\"greeter>=2\", \"words<2\"");
        Cli.Said said = blast("sync", "--html", "conflict.html", "--dot", "conflict.dot");
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("exclude each other", "conflict.html");
        assertThat(text("conflict.html"))
                .contains("greeter 2.0 needs words &gt;=2", "Ways out", "pyproject.toml:4");
        assertThat(text("conflict.dot")).contains("class=\"clash\"", "class=\"asked\"");
    }

    @Test
    void aComparisonIsATable() throws IOException {
        ask("\"greeter\"");
        assertThat(blast("sync", "--compare", "newest,lowest", "--html", "both.html").exit())
                .isZero();
        assertThat(text("both.html")).contains("<td>2.0</td><td>1.0</td>", "≠ greeter");
        assertThat(blast("sync", "--compare", "newest", "--svg", "x.svg").err())
                .contains("--compare is a table, and goes without --svg");
    }

    @Test
    void onlyAFileGivesWay() throws IOException {
        Files.createDirectory(project.resolve("folder"));
        Files.writeString(project.resolve("target"), "kept");
        Files.createSymbolicLink(project.resolve("link"), Path.of("target"));
        ask("\"greeter\"");
        assertThat(blast("sync", "--html", "folder").err()).contains("is no ordinary file");
        assertThat(blast("sync", "--html", "link").err()).contains("is no ordinary file");
        assertThat(blast("sync", "--html", "not/there").err()).contains("there is no folder for");
        assertThat(blast("sync", "--html", "x", "--svg", "./x").err()).contains("asked for twice");
        assertThat(blast("list", "--html", "x").exit()).isEqualTo(2);
        assertThat(text("target")).isEqualTo("kept");
        assertThat(project.resolve(".venv")).doesNotExist();
    }

    private void ask(String requirements) throws IOException {
        Files.writeString(
                project.resolve("pyproject.toml"),
                "[project]\nname = \"hello\"\nversion = \"1\"\ndependencies = [%s]\n"
                        .formatted(requirements));
    }

    private String text(String file) throws IOException {
        return Files.readString(project.resolve(file));
    }

    private Cli.Said blast(String... argv) {
        return new Cli(
                        project,
                        Map.of(
                                "HOME",
                                home.toString(),
                                "PATH",
                                System.getenv("PATH"),
                                "PIP_INDEX_URL",
                                index.url(),
                                "PIP_CONFIG_FILE",
                                "/dev/null"))
                .run(argv);
    }
}
