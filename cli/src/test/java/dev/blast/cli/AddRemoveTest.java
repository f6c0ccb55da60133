package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.invocation.Exit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The project's file and the environment change together, or neither does. */
class AddRemoveTest extends ShopFixture {
    AddRemoveTest() {
        super(
                TestWheel.of("greeter", "1.0", "words>=1"),
                TestWheel.of("greeter", "2.0", "words>=2"),
                TestWheel.of("words", "1.0"),
                TestWheel.of("words", "2.0"),
                TestWheel.of("plain", "1.0"),
                TestWheel.of("extra-lib", "3.1"));
    }

    private Path file() {
        return project.resolve("pyproject.toml");
    }

    private String text() throws IOException {
        return Files.readString(file());
    }

    private String masked(String text) {
        return Golden.masked(text)
                .replace(home.toString(), "HOME")
                .replaceAll("pip [0-9.]+", "pip N")
                .replaceAll("(?<=[^ \n]) {2,}", "  ");
    }

    private boolean has(String module) throws IOException {
        try (var found = Files.walk(project.resolve(".venv"))) {
            return found.anyMatch(it -> it.endsWith(module + ".py"));
        }
    }

    @Test
    void aFolderWithNothingBecomesAProjectAndGrows() throws IOException {
        Cli.Said first = done("add", "greeter");
        assertThat(first.err()).contains("a pyproject.toml is made for it");
        Golden.check("add-first.txt", masked(first.out()));
        assertThat(text())
                .isEqualTo(
                        "[project]\nname = \"shop\"\nversion = \"0.1.0\"\ndependencies = [\n    \"greeter>=2.0\",\n]\n");
        assertThat(has("words")).isTrue();
        assertThat(done("sync").out()).contains("nothing to do");
        assertThat(done("sync", "--frozen").out()).contains("nothing to do");

        Golden.check("add-dry-run.txt", masked(done("add", "greeter<2", "--dry-run").out()));
        assertThat(text()).contains("greeter>=2.0");
        done("add", "greeter>=1", "--dev");
        assertThat(text()).endsWith("[dependency-groups]\ndev = [\n    \"greeter>=1\",\n]\n");
    }

    @Test
    void aBareNameThatIsThereIsNoEdit() throws IOException {
        ask("greeter<2");
        String before = text();
        Cli.Said said = done("add", "greeter");
        assertThat(said.err())
                .contains("greeter is asked for already: greeter<2 (pyproject.toml:5)");
        assertThat(text()).isEqualTo(before);
        assertThat(has("greeter")).isTrue();
        assertThat(done("add", "greeter").out()).contains("nothing to do");
    }

    @Test
    void partsAndRawAndMarkers() throws IOException {
        ask("plain");
        done("add", "--optional", "web", "words", "--raw");
        done("add", "--group", "docs", "extra_lib", "--marker", "python_version >= '3'");
        assertThat(text())
                .isEqualTo(
                        """
                        [project]
                        name = "shop"
                        version = "1"
                        dependencies = [
                          "plain",
                        ]

                        [project.optional-dependencies]
                        web = [
                          "words",
                        ]

                        [dependency-groups]
                        docs = [
                          "extra_lib>=3.1; python_version >= '3'",
                        ]
                        """);
        assertThat(has("extra_lib")).isTrue();
        Cli.Said two = blast("add", "words", "--dev", "--group", "docs");
        assertThat(two.exit()).isEqualTo(2);
        assertThat(two.err()).contains("--dev and --group name two places");
        assertThat(blast("add").exit()).isEqualTo(2);
        assertThat(blast("add", "a b").err()).contains("'a b' is no requirement");
        assertThat(blast("add", "words@2.0").err()).contains("blast add words==2.0");
        assertThat(blast("add", "words=2.0").err()).contains("blast add words==2.0");
        assertThat(blast("remove", "words>=1").err()).contains("by its name alone: words");
        Files.writeString(project.resolve("job.py"), "# /// script\n# ///\n");
        assertThat(blast("add", "job.py").err())
                .contains("job.py is a script and no package")
                .contains("blast run job.py");
        assertThat(blast("add", "--script", "job.py", "words").err())
                .contains("# /// script block");
        assertThat(blast("add", "words", "--marker", "x").err()).contains("--marker 'x'");
        assertThat(blast("add", "words", "--group", "-").exit()).isEqualTo(2);
        assertThat(blast("add", "words", "--no-sync", "--strategy", "lowest").err())
                .contains("--no-sync chooses and installs nothing");
    }

    @Test
    void withoutAnAnswerTheFileIsAsItWas() throws IOException {
        ask("greeter>=2");
        done("sync");
        String before = text();
        Cli.Said conflict = blast("add", "words<2");
        assertThat(conflict.exit()).isEqualTo(3);
        assertThat(conflict.err())
                .contains("pyproject.toml:6")
                .contains("blast: nothing was written: pyproject.toml is as it was")
                .doesNotContain("--repair");
        assertThat(text()).isEqualTo(before);
        assertThat(blast("add", "nosuch").exit()).isEqualTo(3);
        assertThat(text()).isEqualTo(before);
        assertThat(blast("sync", "--repair").err()).contains("no ways out have been shown");
        rules(
                home.resolve(".config/blast/policies"),
                """
                rule "not here"
                when
                    Candidate( name == "plain" )
                then
                    deny( "not here" );
                end
                """);
        assertThat(blast("add", "plain").exit()).isNotZero();
        assertThat(text()).isEqualTo(before);
        try (var names = Files.list(project)) {
            assertThat(names.map(it -> it.getFileName().toString()))
                    .containsExactlyInAnyOrder(".venv", "pylock.toml", "pyproject.toml");
        }
    }

    @Test
    void anEditAloneChoosesNothing() throws IOException {
        Cli.Said said = done("add", "--no-sync", "nosuch", "Plain >=1");
        Golden.check("add-no-sync.txt", masked(said.out()));
        assertThat(text()).contains("    \"nosuch\",\n    \"Plain >=1\",\n");
        try (var names = Files.list(project)) {
            assertThat(names.map(it -> it.getFileName().toString()))
                    .containsExactly("pyproject.toml");
        }
        assertThat(done("remove", "--no-sync", "nosuch", "--json").out())
                .contains("\"outcome\" : \"written\"")
                .contains("\"line\" : 5");
        assertThat(done("remove", "--no-sync", "plain", "--dry-run").out()).contains("- ");
        assertThat(text()).contains("Plain >=1").doesNotContain("nosuch");
    }

    @Test
    void removedFromWhereItStands() throws IOException {
        Files.writeString(
                file(),
                """
                [project]
                name = "shop"
                version = "1"
                dependencies = ["greeter", "words", "plain"]
                [project.optional-dependencies]
                web = ["extra-lib"]
                [dependency-groups]
                dev = ["plain"]
                docs = ["extra-lib"]
                """);
        done("sync");
        Golden.check("remove-needed.txt", masked(done("remove", "words").out()));
        assertThat(has("words")).isTrue();
        Cli.Said still = done("remove", "plain");
        assertThat(still.err()).contains("plain is asked for still, in the group dev");
        assertThat(text()).contains("dependencies = [\"greeter\"]").contains("dev = [\"plain\"]");
        Golden.check("remove-several.txt", masked(blast("remove", "extra_lib").err()));
        Golden.check("remove-unknown.txt", masked(blast("remove", "greter").err()));
        assertThat(blast("remove", "plain", "--optional", "web").err())
                .contains("plain is not asked for by the extra web of shop")
                .contains("it is asked for in the group dev");
        done("remove", "--dev", "plain");
        assertThat(has("plain")).isFalse();
        done("remove", "greeter");
        assertThat(text()).contains("dependencies = []");
        assertThat(has("words")).isFalse();
    }

    @Test
    void requirementsFilesGrowWhereTheyAreTheProject() throws IOException {
        Files.writeString(project.resolve("requirements.txt"), "plain\r\n# end\r\n");
        done("add", "greeter[x]", "words<3");
        assertThat(project.resolve("requirements.txt"))
                .hasContent("plain\r\ngreeter[x]>=2.0\r\nwords<3\r\n# end\r\n");
        assertThat(done("sync").out()).contains("nothing to do");
        Files.writeString(project.resolve("more.txt"), "extra-lib==3.1  # why\nplain>=1\n");
        done("add", "-r", "more.txt");
        assertThat(project.resolve("requirements.txt"))
                .hasContent(
                        "plain>=1\r\ngreeter[x]>=2.0\r\nwords<3\r\nextra-lib==3.1\r\n# end\r\n");
        done("remove", "greeter", "words", "extra_lib");
        assertThat(project.resolve("requirements.txt")).hasContent("plain>=1\r\n# end\r\n");
        assertThat(file()).doesNotExist();
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() throws IOException {
        ask("plain");
        String before = text();
        if (!System.getProperty("user.name").equals("root")) {
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--r--r--"));
            Cli.Said readOnly = blast("add", "words");
            assertThat(readOnly.exit()).isEqualTo(1);
            assertThat(readOnly.err())
                    .contains("pyproject.toml can only be read; nothing was changed");
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        }
        Path real = home.resolve("real.toml");
        Files.move(file(), real);
        Files.createSymbolicLink(file(), real);
        assertThat(blast("add", "words").err()).contains("is reached through a symbolic link");
        assertThat(real).hasContent(before);
        Files.delete(file());
        Files.writeString(file(), before.replace("]", ""));
        Cli.Said broken = blast("add", "words");
        assertThat(broken.exit()).isEqualTo(2);
        assertThat(broken.err()).contains("pyproject.toml:");
    }

    /** As by Ctrl-C. */
    @Test
    void anInterruptionWhileAServerIsSilentLeavesTheFile() throws Exception {
        ask("plain");
        String before = text();
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address =
                    "http://127.0.0.1:%d/words-1.0-py3-none-any.whl"
                            .formatted(silent.getLocalPort());
            var said = new CompletableFuture<Cli.Said>();
            Thread adding =
                    Thread.ofPlatform()
                            .start(() ->
                                    said.complete(
                                            new Cli(project, variables)
                                                    .run("add", "words @ " + address)));
            silent.accept(); // is never answered
            adding.interrupt();
            Cli.Said answer = said.get(10, TimeUnit.SECONDS);
            assertThat(answer.exit()).isEqualTo(Exit.INTERRUPTED.code());
            assertThat(answer.err()).endsWith("blast: interrupted; nothing is left half done\n");
        }
        assertThat(text()).isEqualTo(before);
        assertThat(done("add", "words").out()).contains("+ words");
    }

    /** Each waits for the others, and nothing that one of them wrote is lost. */
    @Test
    void severalAtOnceAllGetTheirLine() throws Exception {
        ask("plain");
        done("sync");
        var commands = new ArrayList<Callable<Cli.Said>>();
        for (String name : List.of("words", "greeter", "extra-lib")) {
            commands.add(() -> new Cli(project, variables).run("add", name));
        }
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (Future<Cli.Said> each : threads.invokeAll(commands)) {
                assertThat(each.get().exit()).as(each.get().err()).isZero();
            }
        }
        assertThat(text()).contains("\"words>=", "\"greeter>=", "\"extra-lib>=", "\"plain\"");
        assertThat(done("sync").out()).contains("nothing to do");
    }

    @Test
    void whatPipBroughtIsAdoptedByTheCommandThatCheckNames() throws IOException {
        ask("plain");
        done("sync");
        Path module;
        try (var found = Files.walk(project.resolve(".venv"))) {
            module = found.filter(it -> it.endsWith("plain.py")).findFirst().orElseThrow();
        }
        Path info = Files.createDirectories(module.resolveSibling("words-1.0.dist-info"));
        Files.writeString(info.resolve("METADATA"), TestWheel.of("words", "1.0").metadata());
        Files.writeString(info.resolve("INSTALLER"), "pip\n");
        Files.writeString(info.resolve("REQUESTED"), "");
        Files.writeString(info.resolve("RECORD"), "words-1.0.dist-info/METADATA,,\n");
        assertThat(blast("check").out()).contains("adopt: blast add words");
        done("add", "words");
        assertThat(text()).contains("\"words>=1.0\"");
        assertThat(blast("check").out()).doesNotContain("adopt:");
    }
}
