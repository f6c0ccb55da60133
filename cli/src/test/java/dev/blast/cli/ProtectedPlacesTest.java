package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.blast.cli.invocation.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program in the sandbox must not touch, tried from inside with the shipped rules. */
@Timeout(120)
final class ProtectedPlacesTest {
    @TempDir Path folder;

    private String path = System.getenv("PATH");
    private Path home;
    private Path project;

    @BeforeEach
    void aProjectInAHome() throws IOException {
        home = Files.createDirectory(folder.toRealPath().resolve("home"));
        project = Files.createDirectories(home.resolve("src/p"));
        Files.writeString(
                project.resolve("pyproject.toml"), "[project]\nname = \"p\"\nversion = \"1\"\n");
    }

    private Cli.Said blastIn(Path directory, String... argv) {
        Map<String, String> variables = new HashMap<>(Map.of("HOME", home.toString()));
        variables.put("PATH", path);
        variables.put("SHELL", "/bin/sh");
        Cli.Said said = new Cli(directory, variables).run(argv);
        assertThat(said.exit()).as("%s%s", said.out(), said.err()).isNotEqualTo(Exit.BUG.code());
        return said;
    }

    private Cli.Said blast(String... argv) {
        return blastIn(project, argv);
    }

    private void start() {
        Cli.Said said = blast("start", "--offline");
        assertThat(said.exit()).as("%s%s", said.out(), said.err()).isZero();
        assumeFalse(said.out().contains("sandbox none"), "this kernel confines nothing");
    }

    /** What the script prints goes to a file in the project, since the program has our streams. */
    private String inside(String script) throws IOException {
        Path answer = project.resolve("answer");
        Files.deleteIfExists(answer);
        blast("run", "--", "sh", "-c", "exec >answer 2>&1; " + script);
        return Files.readString(answer);
    }

    private void rule(String verbs) throws IOException {
        Path file = home.resolve(".config/blast/policies/test.drl");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "rule \"test\" when Session( ) then " + verbs + " end\n");
    }

    @Test
    void environmentsBelowTheProjectAreRead() throws IOException {
        Path environment = Files.createDirectories(project.resolve("packages/app/.venv/bin"));
        Files.writeString(environment.resolveSibling("pyvenv.cfg"), "home = /usr/bin\n");
        Files.writeString(environment.resolve("activate"), "as it was\n");
        start();
        assertThat(
                        inside(
                                "cat packages/app/.venv/bin/activate; echo x >packages/app/.venv/bin/activate;"
                                        + " chmod 777 packages/app/.venv/bin/activate; mv packages moved; echo y >packages/ok"))
                .startsWith("as it was")
                .contains("Read-only file system");
        assertThat(environment.resolve("activate")).hasContent("as it was");
        assertThat(project.resolve("packages/ok")).hasContent("y");
        assertThat(blast("check", "--explain", "write", "packages/app/.venv/bin/activate").out())
                .contains("Blast itself: an environment, unless a rule names it");
    }

    @Test
    void noRuleShowsBlastsOwnFolders() throws IOException {
        rule("writable( \"~/.cache\", \"~/.local\", \"~/.config\" ); readable( \"/etc/blast\" );");
        start();
        for (String own : new String[] {".cache", ".config", ".local/share", ".local/state"}) {
            String before = tree(home.resolve(own).resolve("blast"));
            String said =
                    inside(
                            "cd %s && ls blast; echo x >blast/x; mv blast moved; rm -rf blast/*; echo ok >mine"
                                    .formatted(home.resolve(own)));
            assertThat(said).as(own).contains("ermission denied").doesNotContain("policies");
            assertThat(home.resolve(own).resolve("mine")).hasContent("ok");
            assertThat(home.resolve(own).resolve("moved")).doesNotExist();
            if (!own.endsWith("state")) {
                assertThat(tree(home.resolve(own).resolve("blast"))).isEqualTo(before);
            }
        }
        assertThat(blast("check", "--explain", "read", "~/.cache/blast/interpreters").out())
                .contains("Blast itself: Blast's own folders, whatever rules grant");
    }

    /** A rule that names a folder on PATH opens it; the link that starts Blast stays. */
    @Test
    void theLinkThatStartsBlastIsNotReplaced() throws IOException {
        Path bin = Files.createDirectories(home.resolve(".local/bin"));
        Path program = Path.of(System.getProperty("blast.root")).toRealPath().resolve("blast");
        Path hop = Files.createSymbolicLink(home.resolve("hop"), program);
        Path link = Files.createSymbolicLink(bin.resolve("blast"), Path.of("../../hop"));
        rule("writable( \"~/.local/bin\", \"~\" );");
        start();
        inside(
                "cd ~; echo x >.local/bin/mine; rm -f .local/bin/blast hop; ln -s /bin/true .x; mv -f .x .local/bin/blast;"
                        + " mv .local/bin .local/moved; mv .local moved");
        assertThat(bin.resolve("mine")).exists();
        assertThat(Files.readSymbolicLink(link)).hasToString("../../hop");
        assertThat(Files.readSymbolicLink(hop)).isEqualTo(program);
    }

    @Test
    void aFolderOfProgramsIsWrittenOnlyWhereARuleNamesIt() throws IOException {
        Path tools = Files.createDirectories(home.resolve("tools/bin"));
        Path own = Files.createDirectories(project.resolve("bin"));
        path = tools + ":" + own + ":" + path;
        rule("writable( \"~/tools\", \"~/.jdks\" );");
        start();
        String said = inside("cd ~; touch tools/bin/ls; mv tools/bin tools/moved; touch tools/ok");
        assertThat(said).contains("Read-only file system");
        assertThat(tools).isEmptyDirectory();
        assertThat(home.resolve("tools/ok")).exists();
        assertThat(inside("touch bin/mine && echo done")).as("the project's own").contains("done");
        assertThat(blast("check", "--explain", "write", tools.resolve("x").toString()).out())
                .contains("Blast itself: a folder of programs, unless a rule names it");
        rule("writable( \"~/tools/bin\" );");
        assertThat(inside("touch ~/tools/bin/ls && echo done")).contains("done");
    }

    /** What a program could write once is not started, whatever the rules say by then. */
    @Test
    void whatAProgramCouldWriteIsNotStartedUnasked() throws IOException {
        Path bin = Files.createDirectories(home.resolve("bin"));
        rule("writable( \"~/bin\" );");
        start();
        inside(
                "printf '#!/bin/sh\\necho ran >>%s/ran\\nexec /usr/bin/python3 \"$@\"\\n' >~/bin/python3; chmod +x ~/bin/python3"
                        .formatted(project));
        assertThat(bin.resolve("python3")).isExecutable();
        rule("readable( \"~/bin\" );");
        path = bin + ":" + path;
        Path other = Files.createDirectories(home.resolve("src/other"));
        Files.writeString(
                other.resolve("pyproject.toml"), "[project]\nname = \"o\"\nversion = \"1\"\n");
        Cli.Said said = blastIn(other, "start", "--offline");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.err())
                .contains(
                        "warning: %s lies where programs in sandboxes could write: rules let them write %s, and nobody has named it; --python %1$s names it"
                                .formatted(bin.resolve("python3"), bin));
        assertThat(project.resolve("ran")).doesNotExist();
    }

    /** The way to them through a link in a granted folder is shut as well. */
    @Test
    void norThroughALink() throws IOException {
        Path elsewhere = Files.createDirectories(home.resolve("elsewhere/blast/policies"));
        Files.createDirectories(home.resolve(".config"));
        Files.createSymbolicLink(home.resolve(".config/blast"), elsewhere.getParent());
        rule("writable( \"~/elsewhere\", \"~/.config\" );");
        start();
        inside(
                "echo x >~/elsewhere/blast/policies/x.drl; echo x >~/.config/blast/policies/x.drl; rm ~/.config/blast");
        assertThat(elsewhere.resolve("x.drl")).doesNotExist();
        assertThat(home.resolve(".config/blast")).isSymbolicLink();
    }

    @Test
    void aShellDoesNotChangeTheEnvironment() throws IOException {
        start();
        String before = Files.readString(project.resolve(".venv/bin/activate"));
        assertThat(blast("check", "--explain", "write", ".venv/bin/activate").out())
                .startsWith("DENIED");
        inside("echo x >>.venv/bin/activate");
        assertThat(project.resolve(".venv/bin/activate")).hasContent(before);
    }

    /** What one program leaves for the next is not read by one that may do more. */
    @Test
    void bytecodeIsSharedOnlyByThoseWithTheSameRights() throws IOException {
        Files.createDirectories(home.resolve("secrets"));
        Path file = home.resolve(".config/blast/policies/test.drl");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "rule \"deploy\" when Session( command == \"python3\" ) then readable( \"~/secrets\" ); end\n");
        start();
        String first = inside("echo $PYTHONPYCACHEPREFIX; touch $PYTHONPYCACHEPREFIX/left");
        assertThat(inside("ls $PYTHONPYCACHEPREFIX")).isEqualTo("left\n");
        assertThat(inside("echo x >%s/.venv/.blast/bytecode/x".formatted(project)))
                .contains("cannot create");
        Cli.Said said =
                blast(
                        "run",
                        "--",
                        "python3",
                        "-c",
                        "import os; p = os.environ['PYTHONPYCACHEPREFIX'];"
                                + " open('other', 'w').write(p); open('seen', 'w').write(str(os.listdir(p)))");
        assertThat(said.exit()).isZero();
        assertThat(project.resolve("other")).content().isNotEqualTo(first.strip());
        assertThat(project.resolve("seen")).content().doesNotContain("left");
        assertThat(blast("check", "--explain", "write", ".venv/.blast/bytecode/x").out())
                .as("what is explained is what is enforced")
                .startsWith("DENIED");
        assertThat(blast("check", "--explain", "write", first.strip() + "/x").out())
                .startsWith("ALLOWED");
        String others = Files.readString(project.resolve("other"));
        assertThat(blast("check", "--explain", "write", others + "/x").out()).startsWith("DENIED");
        assertThat(blast("clean").exit()).isZero();
        assertThat(project.resolve(".venv/.blast/bytecode")).isEmptyDirectory();
    }

    @Test
    void aProgramEndsWhereAPersonReplacesWhatRulesHideFromIt() throws Exception {
        Files.writeString(project.resolve(".env"), "old");
        rule("hidden( \"./.env\" );");
        start();
        var said = new Cli.Said[1];
        Thread running =
                Thread.ofPlatform()
                        .start(() ->
                                said[0] = blast("run", "--", "sh", "-c", "touch ready; sleep 60"));
        while (!Files.exists(project.resolve("ready"))) {
            Thread.onSpinWait();
        }
        Files.writeString(project.resolve("new"), "new");
        Files.move(
                project.resolve("new"),
                project.resolve(".env"),
                StandardCopyOption.REPLACE_EXISTING);
        running.join();
        assertThat(said[0].exit()).isEqualTo(137);
        assertThat(said[0].err()).contains(".env was replaced, moved, removed or made outside");
    }

    @Test
    void repositoriesThatAProgramMakesAreNamed() throws IOException {
        Path old = Files.createDirectories(project.resolve("vendored/.git"));
        Files.writeString(old.resolve("config"), "[core]\n");
        Path hgrc =
                Files.writeString(
                        Files.createDirectory(project.resolve(".hg")).resolve("hgrc"), "[ui]\n");
        start();
        Cli.Said said =
                blast(
                        "run",
                        "--",
                        "sh",
                        "-c",
                        "mkdir -p src/.git .jj/repo bare/objects bare/refs; touch src/.git/config bare/HEAD;"
                                + " echo x >vendored/.git/config; echo x >.hg/hgrc");
        assertThat(said.err())
                .contains("blast: src/.git was made meanwhile: git")
                .contains("blast: bare was made meanwhile: git")
                .contains("blast: .jj was made meanwhile: Jujutsu")
                .doesNotContain("blast: vendored");
        assertThat(old.resolve("config")).hasContent("[core]\n");
        assertThat(hgrc).hasContent("[ui]\n");
        assertThat(blast("run", "true").err()).as("only once").isEmpty();
    }

    @Test
    void placesOfOtherToolsAreKept() throws IOException {
        start();
        for (String name :
                ".git .husky .envrc .mise.toml mise.toml .mise .vscode .idea .zed .devcontainer .claude .cursor"
                        .split(" ", -1)) {
            assertThat(inside("mkdir -p %s/x; echo x >%s".formatted(name, name)))
                    .as(name)
                    .contains("cannot create");
            assertThat(project.resolve(name)).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/etc", "/usr", "/home", "HOME", "HOME/..", "HOME/.config"})
    void noProjectIsThere(String place) throws IOException {
        Files.createDirectories(home.resolve(".config"));
        Path there = Path.of(place.replace("HOME", home.toString())).normalize();
        for (String[] command : new String[][] {{"start", "--offline"}, {"sync", "--offline"}}) {
            Cli.Said said = blastIn(there, command);
            assertThat(said.exit()).isEqualTo(Exit.FINDINGS.code());
            assertThat(said.err()).contains(there + " cannot be a project: it ");
        }
        assertThat(there.resolve(".venv")).doesNotExist();
    }

    private static String tree(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file + " " + file.toFile().length())
                    .sorted()
                    .toList()
                    .toString();
        }
    }
}
