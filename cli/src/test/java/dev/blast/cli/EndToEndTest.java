package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.blast.cli.invocation.Exit;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole command lines against an index on loopback and a Python of this machine, each in a home of
 * its own.
 */
class EndToEndTest {
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

    private void ask(String... requirements) throws IOException {
        String list =
                requirements.length == 0
                        ? ""
                        : "  \"" + String.join("\",\n  \"", requirements) + "\",\n";
        Files.writeString(
                project.resolve("pyproject.toml"),
                "[project]\nname = \"hello\"\nversion = \"1\"\ndependencies = [\n" + list + "]\n");
    }

    private Cli.Said blast(String... argv) {
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

    private Cli.Said done(String... argv) {
        Cli.Said said = blast(argv);
        assertThat(said.exit()).as("%s%s", said.out(), said.err()).isZero();
        return said;
    }

    /**
     * Figures, the Python of this machine and what its kernel gives are not what a golden text is
     * about.
     */
    private String masked(String text) {
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
    void whySaysWhoAsksAndWhere() throws IOException {
        done("start");
        Golden.check("e2e-why.txt", masked(done("why", "words").out()));
        Golden.check("e2e-why.json", masked(done("why", "Words", "--json").out()));
        assertThat(blast("why", "torch").exit()).isEqualTo(1);
        ask("greeter", "words>=1; python_version >= '3'", "says; python_version < '3'");
        assertThat(done("why", "words").out())
                .contains("you ask for words >=1   pyproject.toml:6")
                .contains(
                        "you ask for greeter   pyproject.toml:5\n    greeter 2.0 needs words >=2");
        assertThat(done("why", "says").out()).contains("nothing in this project asks for it");
    }

    /**
     * Installed are greeter 2, words 2 and says 1. Newer are greeter 3, which brings words down,
     * words 2.5, 3 and 4, and says 2 and 3, which a rule holds.
     */
    private void behind() throws IOException {
        index.with(
                TestWheel.of("greeter", "3.0", "words<2", "loud"),
                TestWheel.of("loud", "1.0"),
                TestWheel.of("words", "2.5"),
                TestWheel.of("words", "3.0"),
                TestWheel.of("words", "4.0").tagged("cp99-cp99-win32"),
                TestWheel.of("says", "2.0"),
                TestWheel.of("says", "3.0"));
        Files.createDirectories(project.resolve("policies"));
        Files.writeString(
                project.resolve("policies/own.drl"),
                "rule \"no third\"\nwhen\n    Candidate( name == \"says\", version >= \"2\" )\nthen\n    hold( \"two is too new\" );\nend\n");
        ask("greeter<3", "says", "words<2.5");
        done("start");
    }

    @Test
    void whyNamesWhatBindsAVersion() throws IOException {
        behind();
        ask("greeter<3", "words<3; python_version >= '3'", "says");
        Golden.check("e2e-why-binds.txt", masked(done("why", "words").out()));
        Golden.check("e2e-why-binds.json", masked(done("why", "words", "--json").out()));
        Golden.check("e2e-why-held.txt", masked(done("why", "says").out()));
        index.close();
        assertThat(done("why", "greeter", "--offline").out())
                .contains("you ask for greeter <3", "which newer versions there are is not known");
    }

    @Test
    void outdatedSaysWhatIsAllowedAndWhatHoldsEachBack() throws IOException {
        done("start");
        assertThat(done("list", "packages", "--outdated").out())
                .isEqualTo("hello: 3 packages, no newer version of any\n");
        done("clean");
        index.close();
        index = new LoopbackIndex();
        aProject();
        behind();
        ask("greeter<3", "says", "words!=2.5");
        Golden.check("e2e-list-outdated.txt", masked(done("list", "packages", "--outdated").out()));
        Golden.check(
                "e2e-list-outdated.json",
                masked(done("list", "packages", "--outdated", "--json").out()));
        assertThat(blast("list", "packages", "--outdated", "--tree").exit()).isEqualTo(2);
    }

    @Test
    void whyNotProvesOrSaysWhatLostAndHowToChooseIt() throws IOException {
        behind();
        ask("greeter", "says", "words<4");
        Cli.Said lost = blast("why-not", "greeter==3.0");
        assertThat(lost.exit()).as(lost.err()).isEqualTo(1);
        Golden.check("e2e-why-not-lost.txt", masked(lost.out()));
        Golden.check(
                "e2e-why-not-lost.json", masked(blast("why-not", "greeter==3.0", "--json").out()));
        Cli.Said proof = blast("why-not", "words>=4");
        assertThat(proof.exit()).isEqualTo(3);
        Golden.check("e2e-why-not-proof.txt", masked(proof.out()));
        assertThat(blast("why-not", "words>=4", "--json").out())
                .contains("\"blast.why-not/1\"", "\"answer\" : \"impossible\"");
        Cli.Said refused = blast("why-not", "says>1");
        assertThat(refused.exit()).isEqualTo(1);
        Golden.check("e2e-why-not-refused.txt", masked(refused.out()));
        assertThat(done("why-not", "words").out())
                .isEqualTo("words 2.0 is what a sync chooses here\n");
        Cli.Said absent = done("why-not", "loud");
        Golden.check("e2e-why-not-absent.txt", masked(absent.out()));
        assertThat(blast("why-not", "nosuch").exit()).isEqualTo(3);
        assertThat(blast("why-not", "words[x]").exit()).isEqualTo(2);
        assertThat(done("sync", "--upgrade", "greeter==3.0").out()).contains("greeter 2.0 → 3.0");
        assertThat(done("why-not", "greeter==3.0").out()).contains("is what a sync chooses here");
    }

    @Test
    void aPackageIsExplainedWithWhatTheIndexSaysOfIt() throws IOException {
        index.uploaded(Instant.now().minus(Duration.ofHours(30)).toString());
        Files.createDirectories(project.resolve("policies"));
        Files.writeString(
                project.resolve("policies/own.drl"),
                "rule \"settled\"\nwhen\n    Candidate( ageDays < 7, locked == false, $age : ageDays )\nthen\n    hold( \"released ${$age} days ago\" );\nend\n");
        ask();
        done("start");
        Cli.Said held = blast("check", "--explain", "package", "greeter==2.0");
        assertThat(held.exit()).isEqualTo(1);
        assertThat(held.out())
                .startsWith("HELD ")
                .contains("released 1 days ago", "policies/own.drl:1");
        assertThat(blast("check", "--explain", "package", "greeter==9").err())
                .contains("there is no greeter 9", "the newest are: 2.0, 1.0");
    }

    @Test
    void everyCommandAnswersInJson() {
        for (String line :
                List.of(
                        "start",
                        "sync",
                        "list",
                        "check",
                        "check --explain read /etc/shadow",
                        "check --explain run python",
                        "check --explain sandbox",
                        "policy show",
                        "policy lint",
                        "policy test",
                        "trust",
                        "kill",
                        "clean",
                        "init bash")) {
            Cli.Said said = blast((line + " --json").split(" ", -1));
            assertThat(said.out())
                    .as("%s: %s", line, said.err())
                    .startsWith("{\n  \"schema\" : \"blast." + line.split(" ", -1)[0])
                    .endsWith("}\n");
        }
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
    void theStrategyIsNamedWithItsRuleAndSoIsALockThatIsLookedPast() throws IOException {
        ask("greeter<2", "words");
        done("start");
        ask("greeter", "words");
        done("sync");
        Files.createDirectories(project.resolve("policies"));
        Files.writeString(
                project.resolve("policies/team.drl"),
                """
                rule "we test the newest"
                    @reason("what is new breaks here first")
                when
                    Sync( )
                then
                    use( "newest" );
                end

                rule "words are slow"
                when
                    Requirement( name == "words" )
                then
                    use( "lowest" );
                end
                """);
        Golden.check(
                "e2e-sync-past.txt", // one of them may be read ahead and not be needed
                masked(done("sync", "--dry-run").out())
                        .replaceAll("\\d from the network", "# from the network"));
        assertThat(done("sync", "--frozen").out())
                .contains("nothing to do", "'newest' (policies/team.drl:1, ")
                .doesNotContain("looked past");
        Golden.check(
                "e2e-sync-past.json", figuresMasked(done("sync", "--dry-run", "--json").out()));
        assertThat(done("start").out()).contains("looked past");
        Golden.check("e2e-sync-nothing-newest.txt", masked(done("sync").out()));
    }

    @Test
    void anExplainedSyncSaysWhatItIsWorthAndWhatASingleChangeIsFor() throws IOException {
        index.with(TestWheel.of("words", "3.0"));
        ask("greeter<2", "words<3");
        done("start");
        ask("greeter", "words", "says");
        Golden.check(
                "e2e-sync-explain.txt",
                masked(done("sync", "--strategy", "newest", "--dry-run", "--explain").out()));
        Golden.check(
                "e2e-sync-explain.json",
                figuresMasked(
                        done("sync", "--strategy", "newest", "--dry-run", "--explain", "--json")
                                .out()));
        done("sync");
        Golden.check("e2e-sync-explain-nothing.txt", masked(done("sync", "--explain").out()));
        assertThat(done("sync", "--explain", "--offline").out()).contains("'stable'");
        assertThat(done("sync", "--strategy", "newest", "--explain").out())
                .contains("newest-direct: 0 versions instead of 1", "applied as generation");
    }

    @Test
    void strategiesAreComparedAndNothingIsChanged() throws IOException {
        index.with(TestWheel.of("words", "3.0"));
        ask("greeter<2", "words<3");
        done("start");
        ask("greeter", "says");
        String before = Files.readString(project.resolve("pylock.toml"));
        Golden.check(
                "e2e-sync-compare.txt",
                masked(done("sync", "--compare", "stable,newest,lowest").out()));
        Golden.check(
                "e2e-sync-compare.json",
                figuresMasked(done("sync", "--compare", "stable,newest", "--json").out()));
        assertThat(done("sync", "--compare", "stable,auto,newest").out())
                .contains("3 strategies", "stable  auto (stable)  newest");
        assertThat(done("sync", "--compare", "auto,newest", "--json").out())
                .contains("\"asked\" : \"auto\"", "\"auto (stable)\" : ");
        assertThat(blast("sync", "--compare", "atuo").err()).contains("did you mean 'auto'?");
        assertThat(done("sync", "--compare", "newest,newest").out())
                .contains("1 strategy, the same versions by each");
        assertThat(project.resolve("pylock.toml")).hasContent(before);
        assertThat(done("list").out()).contains(" 1 ");
        Cli.Said unknown = blast("sync", "--compare", "stable,newst");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err())
                .contains("no rule defines the strategy 'newst'", "did you mean 'newest'?");
        assertThat(blast("sync", "--compare", "stable", "--frozen").exit()).isEqualTo(2);
        assertThat(blast("sync", "--compare", ",").exit()).isEqualTo(2);
        ask("greeter>=2", "words<2");
        assertThat(blast("sync", "--compare", "stable,newest").exit()).isEqualTo(3);
    }

    private String figuresMasked(String json) {
        return masked(json)
                .replaceAll(
                        "(\"(seconds|cpuMilliseconds|decisions|conflicts|backjumps|bytes|requests|versions\\w+)\" : )[0-9.]+",
                        "$1N")
                .replaceAll("(\"name\" : \"pip\".*\\n.*\\n.*\"to\" : )\"[0-9.]+\"", "$1\"N\"");
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
    void packagesAreListedAndUnfoldedWithoutAnIndex() throws IOException {
        index.with(
                TestWheel.of("loops", "1.0", "back", "words"),
                TestWheel.of("back", "1.0", "loops", "greeter"));
        ask("greeter", "loops>=1", "words; python_version >= '3'");
        done("start");
        index.close();
        Golden.check(
                "e2e-list-packages.txt",
                masked(done("list", "packages").out()).replaceAll("pip  [0-9.]+", "pip  N"));
        Golden.check(
                "e2e-list-packages.json",
                masked(done("list", "packages", "--json").out()).replaceAll(PIP, "$1\"N\""));
        Golden.check("e2e-list-tree.txt", masked(done("list", "packages", "--tree").out()));
        assertThat(done("list", "packages", "--tree", "--json").out())
                .contains("\"blast.list-tree/1\"", "\"fold\" : \"circle\"");
        Cli.Said without = blast("list", "--tree");
        assertThat(without.exit()).isEqualTo(2);
        assertThat(without.err()).contains("blast list packages --tree");
        assertThat(blast("list", "package").err()).contains("packages");
    }

    private static final String PIP = "(\"name\" : \"pip\",\\n *\"version\" : )\"[0-9.]+\"";

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
