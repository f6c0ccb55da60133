package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an environment has been, as people see it, and the ways back. */
class HistoryEndToEndTest extends ShopFixture {
    HistoryEndToEndTest() {
        super(
                TestWheel.of("greeter", "1.0", "words"),
                TestWheel.of("words", "1.0"),
                TestWheel.of("words", "2.0"),
                TestWheel.of("extra", "7"));
    }

    private static String masked(String text) {
        return text.replaceAll("\\d\\d:\\d\\d", "##:##")
                .replaceAll("in [0-9.]+ m?s", "in # s")
                .replaceAll("pip [0-9.]+", "pip #")
                .replaceAll("files: .*", "files: #");
    }

    @Test
    void aDayWithAnEnvironment() throws IOException {
        ask("words<2");
        assertThat(done("sync").out()).contains("undo with: blast undo");
        ask("words", "greeter");
        done("sync", "--upgrade");
        installedByAnother("extra", "7");
        Path edited = site().resolve("greeter.py");
        Files.delete(edited);
        Files.writeString(edited, "# by hand\n");

        Golden.check("history-undo.txt", masked(done("undo").out()));
        assertThat(site().resolve("extra")).doesNotExist();
        done("undo");
        assertThat(site().resolve("greeter")).doesNotExist();
        done("redo");
        done("rollback", "3");
        assertThat(edited).hasContent("# by hand");
        assertThat(site().resolve("extra")).exists();
        done("clean");
        assertThat(blast("run", "--", "true").exit()).isNotZero();
        done("undo");
        assertThat(edited).hasContent("# by hand");
        Golden.check("history.txt", masked(done("history").out()));
        Golden.check("history-diff.txt", masked(done("diff", "1", "3").out()));
        assertThat(done("diff", "1", "3", "--files").out()).contains("  + lib/", "greeter.py");
        assertThat(done("--json", "history").out())
                .contains("\"kind\" : \"found\"", "\"restored\" : 3", "\"command\" : \"pip\"");
        assertThat(done("--json", "diff").out()).contains("\"lockDiffers\" : ", "\"step\" : ");
        assertThat(done("--json", "undo").out())
                .contains("\"restored\" : 2", "\"generation\" : 10");
        assertThat(done("list").out()).contains("  10  ");
        assertThat(blast("history", "shop").exit()).isZero();
        done("history", "--html", "history.html");
        assertThat(Files.readString(project.resolve("history.html")))
                .contains(
                        "<h1>shop: history</h1>",
                        "this is what is there now",
                        "found: installed by pip")
                .doesNotContain("http://", "https://", "src=", "href=");
    }

    @Test
    void whatBlastWroteIntoTheProjectGoesBackWithTheEnvironment() throws IOException {
        ask("words");
        done("sync");
        Path file = project.resolve("pyproject.toml");
        String before = Files.readString(file);
        done("add", "extra");
        String after = Files.readString(file);
        assertThat(after).contains("extra");
        assertThat(done("undo").out()).doesNotContain("asks for something else");
        assertThat(file).hasContent(before);
        assertThat(done("sync").out()).contains("nothing to do");
        done("redo");
        assertThat(file).hasContent(after);
        done("remove", "words");
        done("rollback", "1");
        assertThat(file).hasContent(before);
        done("undo");
        Files.writeString(file, after + "# by hand\n");
        assertThat(done("rollback", "1").out())
                .contains("pyproject.toml has been written to by others since, and stays as it is")
                .contains("pyproject.toml asks for something else: the next blast sync follows it");
        assertThat(file).hasContent(after + "# by hand\n");
    }

    /** Killed after the last rename and before all was tidied up. */
    @Test
    void whatAnEndedChangeLeftGoesAlsoWhereNothingElseIsLeft() throws IOException {
        ask("words");
        done("sync");
        done("clean");
        Path dossier;
        try (Stream<Path> all = Files.list(home.resolve(".local/share/blast/environments"))) {
            dossier = all.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        Files.createDirectories(dossier.resolve("texts/killed"));
        Path old = project.resolve(".venv/.blast/staging/killed/old/0");
        Files.createDirectories(old.getParent());
        Files.writeString(old, "what was taken away");
        done("kill");
        assertThat(project.resolve(".venv/.blast/staging")).doesNotExist();
        assertThat(dossier.resolve("texts")).doesNotExist();
        assertThat(blast("kill").err()).contains("there is no environment");
        done("undo");
        assertThat(site().resolve("words.py")).exists();
    }

    @Test
    void whatIsNotKeptAnyLongerGoes() throws IOException {
        ask("words<2");
        done("sync");
        ask("words");
        done("sync", "--upgrade");
        Golden.check("store-gc.txt", sized(done("store", "gc").out()));
        Path settings = home.resolve(".config/blast/blast.toml");
        Files.createDirectories(settings.getParent());
        Files.writeString(settings, "[history]\nkeep = 1\ndays = 0\n");
        Golden.check("store-gc-dry.txt", sized(done("store", "gc", "--dry-run").out()));
        assertThat(done("--json", "store", "gc").out())
                .contains("\"environment\" : \"shop\"", "\"generations\" : 1");
        assertThat(blast("rollback", "1").err()).contains("there is no generation 1");
        assertThat(blast("undo").err()).contains("there is nothing to undo");
        Files.writeString(settings, "[history]\nkeep = none\n");
        assertThat(blast("store", "gc"))
                .satisfies(it -> assertThat(it.exit()).isEqualTo(1))
                .satisfies(it -> assertThat(it.err()).contains("blast.toml:2:"));
        assertThat(blast("store").exit()).isEqualTo(2);
    }

    /** Also where somebody removed it with rm alone. */
    @Test
    void aProjectThatIsGoneIsForgottenWhenThatIsAsked() throws IOException {
        ask("words");
        done("sync");
        Path here = Files.createDirectories(home.resolve("here"));
        try (var all = Files.walk(project)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
        assertThat(new Cli(here, variables).run("store", "gc").out())
                .contains("named by what 1 environment has been");
        Cli.Said dry = new Cli(here, variables).run("store", "gc", "--gone", "--dry-run");
        assertThat(dry.out())
                .contains("would forget the history of " + project + ", which is gone\n")
                .contains("named by what 0 environments have been");
        assertThat(new Cli(here, variables).run("store", "gc", "--gone", "--json").out())
                .contains("\"gone\" : [\n    \"%s\"\n  ]".formatted(project));
        assertThat(new Cli(here, variables).run("list").out()).doesNotContain("shop");
    }

    private static String sized(String text) {
        return text.replaceAll("[0-9.]+ [kM]?(B|bytes)", "# B").replaceAll("\\d+ files", "# files");
    }

    @Test
    void whatCannotBeIsSaid() throws IOException {
        assertThat(blast("undo"))
                .satisfies(it -> assertThat(it.exit()).isEqualTo(1))
                .satisfies(it -> assertThat(it.err()).contains("there is no environment"));
        ask("words");
        done("sync");
        assertThat(blast("redo"))
                .satisfies(it -> assertThat(it.exit()).isEqualTo(1))
                .satisfies(it -> assertThat(it.err()).contains("shop: there is nothing to redo"));
        assertThat(blast("rollback", "9"))
                .satisfies(it -> assertThat(it.exit()).isEqualTo(1))
                .satisfies(it -> assertThat(it.err()).contains("there is no generation 9"));
        assertThat(blast("rollback", "x"))
                .satisfies(it -> assertThat(it.exit()).isEqualTo(2))
                .satisfies(it -> assertThat(it.err()).contains("'x' is no number of a generation"));
        assertThat(blast("diff").err()).contains("generation 1 is the first one");
        assertThat(done("rollback", "1").out()).contains("shop is as generation 1 left it already");
        assertThat(done("undo").out()).contains("nothing is there any more");
        assertThat(done("redo").out()).contains("+ words 2.0");
    }

    private Path site() throws IOException {
        try (Stream<Path> pythons = Files.list(project.resolve(".venv/lib"))) {
            return pythons.findFirst().orElseThrow().resolve("site-packages");
        }
    }

    /** As pip leaves one. */
    private void installedByAnother(String name, String version) throws IOException {
        Path info = site().resolve("%s-%s.dist-info".formatted(name, version));
        Files.createDirectories(info);
        Files.createDirectories(site().resolve(name));
        Files.writeString(site().resolve(name + "/__init__.py"), "");
        Files.writeString(
                info.resolve("METADATA"),
                "Metadata-Version: 2.1\nName: %s\nVersion: %s\n".formatted(name, version));
        Files.writeString(info.resolve("INSTALLER"), "pip\n");
        Files.writeString(info.resolve("RECORD"), name + "/__init__.py,,\n");
    }
}
