package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an environment is is saved and loaded, as people see it. */
class SaveEndToEndTest extends ShopFixture {
    SaveEndToEndTest() {
        super(
                TestWheel.of("greeter", "1.0", "words"),
                TestWheel.of("words", "1.0"),
                TestWheel.of("words", "2.0"));
    }

    private static String masked(String text) {
        return text.replaceAll("\\d\\d:\\d\\d", "##:##")
                .replaceAll("in [0-9.]+ m?s", "in # s")
                .replaceAll("policy [0-9a-f]{6}", "policy ######")
                .replaceAll("[0-9.]+ [kM]?(B|bytes)", "# B")
                .replaceAll("\\b3\\.\\d+\\.\\d+", "3.#.#")
                .replaceAll("pip [0-9.]+", "pip #")
                .replaceAll("\\d+ files", "# files")
                .replaceAll(" {2,}", "  ");
    }

    @Test
    void thereAndBack() throws IOException {
        ask("words<2");
        done("sync");
        Golden.check("save.txt", masked(done("save", "before-upgrade").out()));
        ask("words", "greeter");
        done("sync", "--upgrade");
        Golden.check("load.txt", masked(done("load", "before-upgrade").out()));
        assertThat(done("load", "before-upgrade").out())
                .isEqualTo("shop is what 'before-upgrade' saved already\n");
        assertThat(done("history").out()).contains("blast load before-upgrade");
        Golden.check("list-saves.txt", masked(done("list", "saves").out()));
        assertThat(done("list").out()).endsWith("1 save: blast list saves\n");
        done("undo");
        assertThat(site().resolve("greeter.py")).exists();
        assertThat(blast("save", "before-upgrade"))
                .satisfies(it -> assertThat(it.exit()).isEqualTo(1))
                .satisfies(it ->
                        assertThat(it.err())
                                .contains(
                                        "there is a save 'before-upgrade' already, and it stays"));
        done("save", "before-upgrade", "--overwrite");
        assertThat(done("--json", "list", "saves").out())
                .contains("\"schema\" : \"blast.list-saves/1\"", "\"packages\" : 3");
        assertThat(done("--json", "load", "before-upgrade").out())
                .contains("\"generation\" : null", "\"treeHash\" : \"");
        assertThat(done("clean", "--save", "before-upgrade").out())
                .contains("removed the save 'before-upgrade'");
        assertThat(blast("clean", "--save", "before-upgrade").exit()).isEqualTo(1);
        assertThat(done("list", "saves").out()).contains("nothing is saved yet");
    }

    /** A way back does not depend on the rules of the day. */
    @Test
    void whatWasHereComesBackWhereAPolicyIsBroken() throws IOException {
        ask("words<2");
        done("sync");
        done("save", "here");
        ask("words");
        done("sync", "--upgrade");
        done("save", "there", "--file", "there.blast");
        Files.createDirectories(project.resolve("policies"));
        Files.writeString(project.resolve("policies/own.drl"), "package own\nrule\n");
        assertThat(done("load", "here").out()).contains("v words 2.0 → 1.0");
        assertThat(blast("load", "there.blast"))
                .satisfies(it -> assertThat(it.exit()).isEqualTo(1))
                .satisfies(it -> assertThat(it.err()).contains("a policy has"));
    }

    @Test
    void aFileGoesToAnotherPlace() throws IOException {
        ask("greeter");
        done("sync");
        Golden.check("save-file.txt", masked(done("save", "travel", "--file", "shop.blast").out()));
        assertThat(blast("save", "travel", "--file", "shop.blast").err())
                .contains("shop.blast is there already, and stays");
        Path other = Files.createDirectories(project.resolveSibling("other"));
        Golden.check(
                "load-file.txt",
                masked(done("load", "shop.blast", "--path", other.toString()).out()));
        assertThat(other.resolve("pylock.toml")).exists();
        assertThat(done("-C", other.toString(), "check").out()).contains("ok    packages");
        assertThat(done("-C", other.toString(), "undo").out())
                .contains("nothing is there any more");
    }

    /** A manifest that says so is enough: nothing else of the file is needed to choose anew. */
    @Test
    void whatIsForAnotherPythonIsNamedAndChosenAnewWhereThatIsAsked() throws IOException {
        ask("greeter", "words<2");
        done("sync");
        done("save", "here");
        Path saved = home.resolve(".local/share/blast/saves/here.json");
        String text = Files.readString(saved);
        Files.writeString(
                saved,
                text.replaceFirst("\"version\":\"3[.]\\d+[.]\\d+\"", "\"version\":\"2.6.9\""));
        done("clean");
        Path other = Files.createDirectories(project.resolveSibling("other"));
        assertThat(blast("load", "here", "--path", other.toString()))
                .satisfies(it -> assertThat(it.exit()).isEqualTo(1))
                .satisfies(it ->
                        assertThat(it.err())
                                .contains(
                                        "it was saved with cpython 2.6.9",
                                        "nothing was changed",
                                        "--resolve chooses anew"));
        assertThat(other).isEmptyDirectory();
        assertThat(done("load", "here", "--path", other.toString(), "--resolve").out())
                .contains("+ greeter 1.0", "+ words 1.0", "applied as generation 1");
        assertThat(home.resolve(".cache/blast/loading")).isEmptyDirectory();
        done("load", "here");
    }

    @Test
    void whatCannotBeIsSaid() throws IOException {
        assertThat(blast("save", "x").err()).contains("there is no environment");
        assertThat(blast("load", "x"))
                .satisfies(it -> assertThat(it.exit()).isEqualTo(1))
                .satisfies(it -> assertThat(it.err()).contains("there is no save 'x'"))
                .satisfies(it -> assertThat(it.err()).contains("there are none yet"));
        assertThat(blast("load", "x.blast").err()).contains("there is no file ");
        assertThat(blast("save", "../x"))
                .satisfies(it -> assertThat(it.exit()).isEqualTo(2))
                .satisfies(it -> assertThat(it.err()).contains("'../x' is no name of a save"));
        assertThat(blast("save", "-x").exit()).isEqualTo(2);
        Files.writeString(project.resolve("x.blast"), "no save at all");
        assertThat(blast("load", "x.blast"))
                .satisfies(it -> assertThat(it.exit()).isEqualTo(1))
                .satisfies(it ->
                        assertThat(it.err())
                                .contains(
                                        "x.blast is refused: it is no save",
                                        "nothing has been changed"));
        assertThat(project.resolve(".venv")).doesNotExist();
    }

    private Path site() throws IOException {
        try (Stream<Path> pythons = Files.list(project.resolve(".venv/lib"))) {
            return pythons.findFirst().orElseThrow().resolve("site-packages");
        }
    }
}
