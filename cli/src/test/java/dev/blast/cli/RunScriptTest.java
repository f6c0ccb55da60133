package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code blast run SCRIPT.py} and {@code --with}. */
class RunScriptTest {
    private static final String BODY =
            "import os, sys\nopen('said', 'w').write(sys.prefix + '\\n' + os.getcwd() + '\\n' + ' '.join(sys.argv[1:]))\n";

    @TempDir Path folder;

    private final Map<String, String> variables = new HashMap<>();
    private Path tools;

    @BeforeEach
    void aFolderWithoutAProject() throws IOException {
        tools = Files.createDirectories(folder.resolve("tools"));
        variables.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
        variables.put("PATH", System.getenv("PATH"));
    }

    @Test
    void aScriptRunsInAnEnvironmentOfItsOwn() throws IOException {
        write("# /// script\n# requires-python = \">=3.8\"\n# ///\n" + BODY);
        Cli.Said said = blast(folder, "run", "--offline", "tools/fetch.py", "--json", "b");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.err()).contains("the script works in its own folder, " + tools);
        String[] lines = Files.readString(tools.resolve("said")).split("\n", -1);
        assertThat(lines[0]).startsWith(folder + "/home/.local/share/blast-environments/fetch.py-");
        assertThat(lines[1]).isEqualTo(tools.toString());
        assertThat(lines[2]).isEqualTo("--json b");
        assertThat(tools).isDirectoryNotContaining("glob:**/{.venv,pylock.toml}");
        Cli.Said again = blast(tools, "run", "fetch.py");
        assertThat(again.exit()).isZero();
        assertThat(again.err()).isEmpty();
        assertThat(blast(folder, "list").out()).contains("fetch.py ");
        assertThat(blast(folder, "clean", "fetch.py").exit()).isZero();
    }

    @Test
    void whatItRequiresHolds() throws IOException {
        write("# /// script\n# requires-python = \"<3\"\n# ///\n" + BODY);
        Cli.Said said = blast(tools, "run", "fetch.py");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("no interpreter here is Python <3 (requires-python)");
        assertThat(tools.resolve("said")).doesNotExist();
    }

    @Test
    void whatIsNotUnderstoodInItIsNotRun() throws IOException {
        write("# /// script\n# deps = []\n# ///\n" + BODY);
        Cli.Said said = blast(tools, "run", "fetch.py");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("fetch.py:2:3: unknown key 'deps' of a script");
        assertThat(tools.resolve("said")).doesNotExist();
    }

    /** Whoever may write the home runs what is in it later. */
    @Test
    void aScriptInTheHomeIsRefused() throws IOException {
        tools = folder.resolve("home");
        write("# /// script\n# ///\n" + BODY);
        assertThat(blast(folder, "run", "home/fetch.py").err()).contains("it is your home");
        assertThat(tools.resolve("said")).doesNotExist();
    }

    @Test
    void oneThatSaysNothingRunsInTheProjectsEnvironment() throws IOException {
        Files.writeString(
                tools.resolve("pyproject.toml"), "[project]\nname = \"app\"\nversion = \"1\"\n");
        write(BODY);
        assertThat(blast(tools, "run", "fetch.py").err()).contains("there is no environment");
        assertThat(blast(tools, "start", "--offline").exit()).isZero();
        assertThat(blast(tools, "run", "fetch.py").exit()).isZero();
        assertThat(Files.readString(tools.resolve("said"))).startsWith(tools + "/.venv\n");
        assertThat(blast(tools, "run", "--python", "3", "fetch.py"))
                .satisfies(it -> assertThat(it.exit()).isEqualTo(2))
                .satisfies(it -> assertThat(it.err()).contains("--python goes with --with"));
    }

    @Test
    void whatIsAskedForBesidesIsAskedOfTheIndexAndChangesNothing() throws IOException {
        Files.writeString(
                tools.resolve("pyproject.toml"), "[project]\nname = \"app\"\nversion = \"1\"\n");
        Cli.Said said =
                blast(tools, "run", "--offline", "--with", "nowhere-to-be-found", "--", "true");
        assertThat(said.exit()).isNotZero();
        assertThat(said.err()).contains("nowhere-to-be-found");
        assertThat(tools).isDirectoryNotContaining("glob:**/{.venv,pylock.toml}");
        assertThat(blast(tools, "run", "--with", ">1", "--", "true").exit()).isEqualTo(2);
    }

    @Test
    void aRunIsShownOverTimeWhateverBecameOfIt() throws IOException {
        write(
                """
                # /// script
                # ///
                import subprocess, sys
                subprocess.run(['sleep', '0.4'])
                sys.exit(7)
                """);
        Cli.Said said = blast(tools, "run", "--html", "run.html", "fetch.py", "--password=hunter2");
        assertThat(said.exit()).isEqualTo(7);
        assertThat(said.err()).contains("written: " + tools.resolve("run.html"));
        assertThat(Files.readString(tools.resolve("run.html")))
                .contains("ended with exit code 7", "<td>sleep</td>", "Nothing was tried.")
                .doesNotContain("hunter2");
    }

    @Test
    void aPageThatCannotBeWrittenIsKnownBeforeTheProgramStarts() throws IOException {
        write("# /// script\n# ///\n" + BODY);
        Cli.Said said = blast(tools, "run", "--html", "not/there.html", "fetch.py");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("--html: there is no folder for");
        assertThat(tools.resolve("said")).doesNotExist();
    }

    /** What runs confined does not choose where Blast writes. */
    @Test
    void aPageIsNotWrittenWhereALinkOfTheProgramLeads() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("run.html"), "kept");
        Files.createDirectory(tools.resolve("out"));
        write(
                """
                # /// script
                # ///
                import os
                os.rmdir('out')
                os.symlink('../elsewhere', 'out')
                """);
        Cli.Said said = blast(tools, "run", "--html", "out/run.html", "fetch.py");
        assertThat(said.exit()).as(said.err()).isEqualTo(1);
        assertThat(said.err()).contains("--html: there is no folder for");
        assertThat(Files.readString(elsewhere.resolve("run.html"))).isEqualTo("kept");
        assertThat(elsewhere).isDirectoryNotContaining("glob:**/.*");
    }

    private void write(String script) throws IOException {
        Files.writeString(tools.resolve("fetch.py"), script);
    }

    private Cli.Said blast(Path directory, String... argv) {
        return new Cli(directory, Map.copyOf(variables)).run(argv);
    }
}
