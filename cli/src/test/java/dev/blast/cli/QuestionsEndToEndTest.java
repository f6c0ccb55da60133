package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole command lines that ask what is there, why, and what would be. */
final class QuestionsEndToEndTest extends HelloFixture {
    private static final String PIP = "(\"name\" : \"pip\",\\n *\"version\" : )\"[0-9.]+\"";

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

    private String figuresMasked(String json) {
        return masked(json)
                .replaceAll(
                        "(\"(seconds|cpuMilliseconds|decisions|conflicts|backjumps|bytes|requests|versions\\w+)\" : )[0-9.]+",
                        "$1N")
                .replaceAll("(\"name\" : \"pip\".*\\n.*\\n.*\"to\" : )\"[0-9.]+\"", "$1\"N\"");
    }
}
