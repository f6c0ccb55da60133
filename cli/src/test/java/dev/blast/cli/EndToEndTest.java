package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.WriterLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whole command lines that make an environment, change it and run in it. */
final class EndToEndTest extends HelloFixture {
    /** Its maker's answer, and not the advice to make it once more. */
    @Test
    void whoAsksForAnEnvironmentThatWasRefusedIsToldWhy() throws IOException {
        ask("words>=9");
        assertThat(blast("start").exit()).isEqualTo(3);
        assertThat(blast("sync", "--force").exit()).isEqualTo(3);
        Cli.Said check = blast("check");
        assertThat(check.exit()).isEqualTo(1);
        assertThat(check.err())
                .contains("sync --force, ")
                .contains("\n  No set of versions satisfies this project: words >=9 ")
                .endsWith("  blast start makes one when that is mended\n");
        ask("words");
        assertThat(blast("start").exit()).isEqualTo(0);
        assertThat(blast("clean").exit()).isEqualTo(0);
        assertThat(blast("check").err()).doesNotContain("No set");
    }

    @Test
    void aProjectGetsItsEnvironmentAndASecondStartChangesNothing() {
        Golden.check("e2e-start.txt", masked(done("start").out()));
        assertThat(project.resolve(".venv/bin/says")).isExecutable();
        Golden.check("e2e-start-again.txt", masked(done("start").out()));
        Golden.check("e2e-sync-nothing.txt", masked(done("sync").out()));
        Golden.check("e2e-list.txt", masked(done("list").out()));
    }

    @Test
    void aSecondSyncAsksTheIndexNothing() {
        done("start");
        int before = index.requests();
        done("sync");
        assertThat(index.requests()).isEqualTo(before);
    }

    @Test
    void syncFollowsTheProject() throws IOException {
        done("start");
        ask("greeter<2");
        Golden.check("e2e-sync-dry.txt", masked(done("sync", "--dry-run").out()));
        Golden.check("e2e-sync.txt", masked(done("sync").out()));
        assertThat(project.resolve(".venv/bin/says")).doesNotExist();
    }

    @Test
    void aPasswordInAnAddressIsWrittenAndSaidNowhere() throws IOException {
        String secret = "tops3cret";
        String site = index.url().replace("http://", "http://me:" + secret + "@");
        ask("words @ " + site.replace("simple/", "files/words-1.0-py3-none-any.whl"));
        Files.writeString(
                project.resolve("pyproject.toml"),
                "[tool.blast]\nindex = [\"" + site + "\"]\n",
                StandardOpenOption.APPEND);
        for (String line : List.of("start", "sync --force", "check", "why words --json", "list")) {
            Cli.Said said = done(line.split(" ", -1));
            assertThat(said.out() + said.err()).as(line).doesNotContain(secret);
        }
        ask("words @ " + site + "words-1.0.zip");
        assertThat(blast("sync").err()).contains("words").doesNotContain(secret);
        Files.delete(project.resolve("pyproject.toml"));
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secret);
            }
        }
    }

    @Test
    void noSolutionIsAProofAndExits3() throws IOException {
        ask("greeter>=2", "words<2");
        Cli.Said said = blast("sync");
        assertThat(said.exit()).isEqualTo(3);
        Golden.check("e2e-stuck.txt", masked(said.err()));
        assertThat(project.resolve(".venv")).doesNotExist();
    }

    @Test
    void aNewAllowIsOffUntilTrusted() throws IOException {
        done("start");
        Files.createDirectories(project.resolve("policies"));
        Files.writeString(
                project.resolve("policies/own.drl"),
                "rule \"ours\"\nwhen\n    Connection( host == \"api.example\", port == 443 )\nthen\n    allow();\nend\n");
        assertThat(blast("check", "--explain", "connect", "api.example:443").exit()).isEqualTo(1);
        Golden.check(
                "e2e-trust.txt",
                masked(done("trust").out()).replaceAll("policy [0-9a-f]{6}", "policy HEX"));
        assertThat(blast("check", "--explain", "connect", "api.example:443").exit()).isZero();
        Files.writeString(
                project.resolve("policies/own.drl"),
                "rule \"ours\"\nwhen\n    Connection( hots == \"api.example\" )\nthen\n    allow();\nend\n");
        Cli.Said broken = blast("check", "--explain", "connect", "api.example:443");
        assertThat(broken.exit()).isEqualTo(1);
        Golden.check("e2e-broken-policy.txt", broken.err());
    }

    @Test
    void checkFindsWhatPipAndEditorsDidAndSyncUndoesIt() throws IOException {
        done("start");
        Golden.check("e2e-check.txt", checked(blast("check")));
        Path sitePackages = sitePackages();
        Files.createDirectories(sitePackages.resolve("ipdb-0.13.dist-info"));
        Files.writeString(
                sitePackages.resolve("ipdb-0.13.dist-info/METADATA"),
                "Metadata-Version: 2.1\nName: ipdb\nVersion: 0.13\n");
        Files.writeString(sitePackages.resolve("ipdb-0.13.dist-info/INSTALLER"), "pip\n");
        Files.writeString(
                sitePackages.resolve("ipdb-0.13.dist-info/RECORD"),
                "ipdb-0.13.dist-info/METADATA,,\nipdb-0.13.dist-info/INSTALLER,,\nipdb-0.13.dist-info/REQUESTED,,\nipdb-0.13.dist-info/RECORD,,\n");
        Files.createFile(sitePackages.resolve("ipdb-0.13.dist-info/REQUESTED"));
        Files.delete(sitePackages.resolve("words.py"));
        Cli.Said found = blast("check");
        assertThat(found.exit()).isEqualTo(1);
        Golden.check("e2e-check-findings.txt", checked(found));
        assertThat(done("list").out()).contains("drift +1");
        assertThat(done("sync", "--force").out()).contains("- ipdb 0.13");
    }

    /**
     * The kernel of this machine may lack a layer, which is a finding of its own; how many rules
     * are shipped is not the point.
     */
    private String checked(Cli.Said said) {
        return masked(said.out())
                .replaceAll(
                        "(?m)^  (ok|WARN|FAIL)  sandbox .*\n( {10,}.*\n)*",
                        "  STATE  sandbox  LAYERS\n")
                .replaceAll("(?m)^(all is well|\\d+ findings? need.*)$", "SUM")
                .replaceAll("\\d+ files, \\d+ rules", "N files, N rules")
                .replaceAll("\\([0-9a-f]{6}\\)", "(HEX)")
                .replaceAll("1 of \\d+ files", "1 of N files");
    }

    private Path sitePackages() throws IOException {
        try (var folders = Files.newDirectoryStream(project.resolve(".venv/lib"), "python3*")) {
            return folders.iterator().next().resolve("site-packages");
        }
    }

    @Test
    void cleanTakesAwayWhatStartMakesAgain() {
        done("start");
        Golden.check("e2e-clean.txt", masked(done("clean", "hello").out()));
        assertThat(project.resolve(".venv/bin")).doesNotExist();
        assertThat(done("list").out()).isEqualTo("no environments yet; blast start makes one\n");
        assertThat(blast("clean", "helo").err()).contains("no environment is called 'helo'");
        done("start");
        assertThat(done("list").out()).contains("hello").contains("in sync");
    }

    @Test
    void killSaysWhenNothingWasRunning() {
        done("start");
        assertThat(done("kill").out()).isEqualTo("hello: nothing was running\n");
        assertThat(blast("kill", "hallo").err()).contains("did you mean 'hello'?");
    }

    @Test
    void aFolderWithoutAProjectGetsAnEmptyEnvironment() throws IOException {
        Files.delete(project.resolve("pyproject.toml"));
        assertThat(done("start").out())
                .startsWith("hello project: Python 3.")
                .contains("1 package,");
        assertThat(done("sync", "--force").out())
                .startsWith("hello project: nothing to do, 1 package");
        Golden.check("e2e-why-pip.txt", masked(done("why", "pip").out()));
    }

    @Test
    void aCacheThatCannotBeWrittenIsSaidOnce() throws IOException {
        Files.createDirectories(home.resolve(".cache/blast"));
        Files.writeString(home.resolve(".cache/blast/index"), "in the way of the folder");

        assertThat(done("start").err())
                .containsOnlyOnce(
                        "the index cache %s cannot be written: "
                                .formatted(home.resolve(".cache/blast/index")));
    }

    @Test
    void whoHoldsTheEnvironmentIsNamed() throws Exception {
        done("start");
        ask("greeter");
        try (WriterLock _ =
                Dossier.of(Directories.of(Map.of(), home), Environment.in(project.toRealPath()))
                        .lock("blast sync --slow", Duration.ZERO, _ -> {})) {
            Cli.Said said = blast("sync", "--no-wait");
            assertThat(said.exit()).isEqualTo(4);
            assertThat(said.err())
                    .contains(
                            "is being changed by 'blast sync --slow' (pid "
                                    + ProcessHandle.current().pid());
        }
        done("sync", "--no-wait");
    }

    @Test
    void theLockIsKeptUntilItIsLetGo() throws IOException {
        ask("greeter<2");
        done("start");
        ask("greeter");
        assertThat(done("sync").out()).doesNotContain("^ greeter");
        assertThat(done("sync", "--upgrade", "greeter", "--dry-run").out())
                .contains("^ greeter 1.0 → 2.0");
        assertThat(done("sync", "--upgrade", "--dry-run").out()).contains("^ greeter 1.0 → 2.0");
        assertThat(done("sync", "--upgrade", "GREETER", "--dry-run").out())
                .contains("^ greeter 1.0 → 2.0");
        assertThat(done("sync", "--frozen").out()).doesNotContain("^ greeter");
        ask("greeter>=2");
        assertThat(blast("sync", "--frozen").err()).contains("--frozen: ");
        assertThat(done("sync", "--upgrade").out()).contains("^ greeter 1.0 → 2.0");
        ask("greeter");
        assertThat(done("sync", "--strategy", "lowest", "--dry-run").out())
                .contains("strategy 'lowest' (the command line)");
        assertThat(blast("sync", "--strategy", "newst").err()).contains("newest");
    }

    @Test
    void aCommandRunsConfinedAndItsExitCodeIsOurs() throws IOException {
        done("start", "--env", "GREETING=from start");
        assumeFalse(
                blast("check", "--explain", "sandbox").out().startsWith("sandbox none"),
                "this kernel confines nothing");
        Files.writeString(home.resolve("secret"), "canary");
        Files.writeString(project.resolve(".env"), "MORE=from a file\nGREETING='from start'\n");
        String script =
                "says > said.txt && echo \"$GREETING, $MORE\" >> said.txt; cat ~/secret 2>/dev/null && exit 1; exit 7";
        assertThat(
                        blast(
                                        "run",
                                        "--env-file",
                                        ".env",
                                        "--env",
                                        "MORE=and now",
                                        "--env",
                                        "HOME",
                                        "--",
                                        "sh",
                                        "-c",
                                        script)
                                .exit())
                .isEqualTo(7);
        assertThat(blast("run", "--env", "NOT_SET", "--", "true").err())
                .contains("'NOT_SET' is neither");
        assertThat(project.resolve("said.txt")).hasContent("said\nfrom start, and now\n");
        assertThat(blast("run", "--", "sh", "-c", "kill -9 $$").exit()).isEqualTo(137);
        Cli.Said nothing = blast("run", "nothing-of-that-name");
        assertThat(nothing.exit()).isEqualTo(127);
        assertThat(nothing.err()).startsWith("blast: nothing-of-that-name: ");
        assertThat(
                        blast(
                                        "run",
                                        "--",
                                        "python",
                                        "-c",
                                        "import socket, time; s = socket.create_server(('127.0.0.1', 8000)); time.sleep(4)")
                                .err())
                .contains("blast: listening on 127.0.0.1:8000 inside, which nobody outside");
        Path outside = Files.createTempFile("blast", ".py");
        assertThat(blast("run", "--", "python", outside.toString()).err())
                .contains(
                        "blast: %s is the machine's; inside, /tmp is another folder"
                                .formatted(outside));
        Files.delete(outside);
        Path tool = Files.writeString(project.resolve("tool"), "#!/bin/sh\n");
        assertThat(blast("run", "./tool"))
                .satisfies(it -> assertThat(it.exit()).isEqualTo(126))
                .satisfies(it ->
                        assertThat(it.err())
                                .startsWith(
                                        "blast: ./tool cannot be run: permission denied (EACCES); chmod +x "));
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(blast("run", "./tool").exit()).isZero();
        Files.writeString(tool, "#!/nowhere/sh\n");
        assertThat(blast("run", "./tool").exit()).isEqualTo(127);
        assertThat(done("kill").out()).isEqualTo("hello: nothing was running\n");
    }

    @Test
    void badInputIsSaidAndChangesNothing() throws IOException {
        Files.writeString(
                project.resolve("pyproject.toml"),
                "[project]\nname = \"hello\"\nversion = \"1\"\ndependencies = [\"greeter>=\"]\n");
        Cli.Said broken = blast("start");
        assertThat(broken.exit()).isEqualTo(2);
        Golden.check("e2e-broken-pyproject.txt", broken.err());
        ask("nobody-has-this");
        assertThat(blast("start").exit()).isEqualTo(3);
        ask("greeter");
        Cli.Said noPython = blast("start", "--python", "3.99");
        assertThat(noPython.exit()).isEqualTo(1);
        assertThat(noPython.err()).startsWith("blast: no interpreter here is Python 3.99\n");
        index.close();
        Cli.Said dead = blast("start");
        assertThat(dead.exit()).isEqualTo(1);
        assertThat(dead.err()).startsWith("resolving\nblast: http://127.0.0.1:");
        assertThat(project.resolve(".venv")).doesNotExist();
    }

    @Test
    void whatIsToBeUpgradedIsANameThatIsKnownHere() {
        done("start");
        Cli.Said unknown = blast("sync", "--upgrade", "greetr");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err())
                .contains("--upgrade greetr: nothing of that name is asked for or installed here")
                .contains("did you mean 'greeter'?");
        Cli.Said extra = blast("sync", "--upgrade", "greeter[fast]");
        assertThat(extra.exit()).isEqualTo(2);
        assertThat(extra.err())
                .contains("--upgrade takes the name of a package and versions, not 'greeter[fast]'")
                .contains("such as httpx, httpx==0.28.1 or 'httpx<3'");
    }

    @Test
    void anUpgradeMayBeNarrowedAndSaysWhatItTakesAlong() throws IOException {
        index.with(TestWheel.of("greeter", "3.0", "words<2", "loud"), TestWheel.of("loud", "1.0"));
        ask("greeter<3", "says");
        done("start");
        ask("greeter", "says");
        Golden.check(
                "e2e-sync-upgrade.txt", masked(done("sync", "--upgrade", "greeter==3.*").out()));
        assertThat(done("sync", "--upgrade", "greeter>=3", "--dry-run").out())
                .contains("nothing to do");
        Golden.check(
                "e2e-sync-upgrade-down.txt", masked(done("sync", "--upgrade", "greeter<3").out()));
        assertThat(project.resolve("pyproject.toml")).content().contains("\"greeter\",");
        assertThat(done("sync").out()).contains("nothing to do");
        Cli.Said stuck = blast("sync", "--upgrade", "greeter>=2", "--upgrade", "words<1");
        assertThat(stuck.exit()).isEqualTo(3);
        Golden.check("e2e-sync-upgrade-stuck.txt", masked(stuck.err()));
    }

    @Test
    void aFolderWhoseProjectIsGoneLosesNothing() throws IOException {
        done("start");
        String text = Files.readString(project.resolve("pyproject.toml"));
        String lock = Files.readString(project.resolve("pylock.toml"));
        Files.delete(project.resolve("pyproject.toml"));
        Cli.Said gone = blast("sync");
        assertThat(gone.exit()).isEqualTo(1);
        assertThat(gone.err()).contains("says what is wanted; nothing was changed");
        assertThat(done("start").out()).contains("nothing changed");
        done("sync", "--force");
        done("sync", "--frozen");
        assertThat(project.resolve(".venv/bin/says")).exists();
        assertThat(project.resolve("pylock.toml")).hasContent(lock);
        Files.writeString(project.resolve("pyproject.toml"), text);
        assertThat(done("sync").out()).contains("nothing to do");
        Files.delete(project.resolve("pyproject.toml"));
        Files.writeString(project.resolve("requirements.txt"), "");
        assertThat(done("sync").out()).contains("- greeter 2.0");
    }

    @Test
    void anEnvironmentKeepsItsNameAndIsNothingToCommit() throws IOException {
        done("start", "--name", "mine");
        ask("greeter<2");
        assertThat(done("sync").out()).contains("v greeter 2.0 → 1.0");
        assertThat(done("list").out()).contains("\nmine ").doesNotContain("\nhello ");
        assertThat(project.resolve(".venv/.gitignore")).hasContent("*");
        done("clean");
        Files.writeString(project.resolve(".venv/.gitignore"), "# ours\n");
        done("start");
        assertThat(project.resolve(".venv/.gitignore")).hasContent("# ours");
    }

    @Test
    void aFolderThatHoldsOnlyACommittedIgnoreFileIsAPlaceForAnEnvironment() throws IOException {
        Files.createDirectories(project.resolve(".venv"));
        Files.writeString(project.resolve(".venv/.gitignore"), "# ours\n");
        done("start");
        assertThat(project.resolve(".venv/.gitignore")).hasContent("# ours");
    }

    @Test
    void aProjectThatWasCopiedWithItsEnvironmentIsMadeWhole() throws Exception {
        done("start");
        Path copy = project.resolveSibling("copy");
        assertThat(
                        new ProcessBuilder("cp", "-a", project.toString(), copy.toString())
                                .start()
                                .waitFor())
                .isZero();
        done("-C", copy.toString(), "start");
        assertThat(Files.readString(copy.resolve(".venv/bin/activate")))
                .contains(copy.toRealPath() + "/.venv")
                .doesNotContain(project + "/.venv");
        assertThat(done("-C", copy.toString(), "start").out()).contains("nothing changed");
        for (String link : List.of("python", "python3")) {
            Files.deleteIfExists(copy.resolve(".venv/bin").resolve(link));
        }
    }

    @Test
    void quietTellsNothingThatWentWell() throws IOException {
        assertThat(done("-q", "start").out()).isEmpty();
        assertThat(done("-q", "start", "--json").out()).startsWith("{");
        ask("greeter<2");
        assertThat(done("-q", "sync", "--dry-run").out()).contains("greeter 2.0 → 1.0");
        assertThat(done("-q", "sync").out()).isEmpty();
        assertThat(blast("run", "--json", "python").exit()).isEqualTo(2);
    }

    @Test
    void whatCannotBeBuiltIsNoEmptyEnvironment() throws IOException {
        Files.delete(project.resolve("pyproject.toml"));
        Files.writeString(project.resolve("setup.py"), "setup(install_requires=['greeter'])\n");
        for (String command : List.of("start", "sync")) {
            Cli.Said said = blast("-q", command);
            assertThat(said.exit()).isNotZero();
            assertThat(said.err())
                    .startsWith("blast: setup.py: ")
                    .contains("cannot be built", "setuptools >=40.8.0, which no index has");
        }
        assertThat(project.resolve(".venv")).doesNotExist();
        Files.delete(project.resolve("setup.py"));
        Files.writeString(
                project.resolve("pyproject.toml"),
                """
                [project]
                name = "hello"
                version = "1"
                dependencies = ["greeter"]
                [build-system]
                requires = ["setuptools"]
                """);
        assertThat(blast("-q", "start").err()).contains("setuptools, which no index has");
        assertThat(project.resolve(".venv")).doesNotExist();
        assertThat(done("start", "--no-project").out()).contains("hello: Python");
    }
}
