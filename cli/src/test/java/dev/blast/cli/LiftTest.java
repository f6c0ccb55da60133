package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a hold that keeps a version back to the command that lifts it, and what stays of that. */
final class LiftTest extends ShopFixture {
    private static final String HOLD =
            """
            rule "no second words"
            when
                Candidate( name == "words", version >= "2" )
            then
                hold( "we wait for 2.1" );
            end
            """;

    private static final String DENY =
            """
            rule "never three"
            when
                Candidate( name == "words", version >= "3" )
            then
                deny( "three is broken" );
            end
            """;

    private static final String LIFTED = "hold lifted: we wait for 2.1 (rule \"no second words\", ";

    LiftTest() {
        super(
                TestWheel.of("words", "1.0"),
                TestWheel.of("words", "2.0"),
                TestWheel.of("words", "3.0"),
                TestWheel.of("greeter", "1.0", "words"));
    }

    @BeforeEach
    void rulesAndWords() throws IOException {
        rules(project.resolve("policies"), HOLD + DENY);
        ask("words");
    }

    @Test
    void theHoldNamesTheCommandThatLiftsItAndALaterSyncKeepsTheVersion() throws IOException {
        assertThat(done("sync").out())
                .contains(
                        "= words 1.0   held: 2.0 we wait for 2.1 (policies/own.drl:1); blast sync --lift words==2.0");
        assertThat(blast("check", "--explain", "package", "words==2.0").out())
                .contains("HELD", "blast sync --lift words==2.0 lets it be chosen");
        Cli.Said lifting = done("sync", "--lift", "words==2.0");
        assertThat(lifting.out()).contains("^ words 1.0 → 2.0", LIFTED + "policies/own.drl:1)");
        assertThat(Files.readString(project.resolve("pylock.toml")))
                .contains("lifted = [\n    \"no second words\",\n]");
        assertThat(done("sync").out()).contains("nothing to do", LIFTED);
        assertThat(blast("check").out())
                .contains("holds         words 2.0, " + LIFTED + "policies/own.drl:1)");
        assertThat(blast("check", "--explain", "package", "words==2.0").out())
                .contains("a person has lifted the hold on this version");
        ask("words", "greeter");
        Cli.Said later = done("sync", "--json");
        assertThat(later.out())
                .contains("\"lifted\" : [", "\"rule\" : \"no second words\"")
                .contains("\"at\" : \"policies/own.drl:1\"", "\"why\" : \"we wait for 2.1\"")
                .contains("greeter");
        assertThat(Files.readString(project.resolve("pylock.toml")))
                .contains("version = \"2.0\"", "lifted = [\n    \"no second words\",\n]");
        rules(project.resolve("policies"), DENY);
        assertThat(done("sync").out()).doesNotContain("lifted");
        assertThat(Files.readString(project.resolve("pylock.toml")))
                .contains("version = \"2.0\"")
                .doesNotContain("lifted");
    }

    @Test
    void whatIsHeldAlreadyInTheLockIsLiftedWhereItIs() throws IOException {
        rules(project.resolve("policies"), DENY);
        done("sync");
        rules(project.resolve("policies"), HOLD + DENY);
        assertThat(done("sync", "--lift", "words==2.0").out())
                .contains(LIFTED, "applied as generation 2");
        assertThat(done("sync").out()).contains("nothing to do", LIFTED);
    }

    @Test
    void aWayOutNamesTheCommand() throws IOException {
        ask("words>=2");
        Cli.Said stuck = blast("sync");
        assertThat(stuck.exit()).isEqualTo(3);
        assertThat(stuck.out() + stuck.err())
                .contains(
                        "held back: we wait for 2.1",
                        "A  ",
                        "blast sync --lift words==2.0  (policies/own.drl:1)");
        assertThat(done("sync", "--lift", "words==2.0").out()).contains("+ words 2.0", LIFTED);
    }

    /** A lock comes with a project; what a user holds it does not lift, and a person does. */
    @Test
    void aLockLiftsWhatItsOwnProjectHoldsAlone() throws IOException {
        Path own = home.resolve(".config/blast/policies");
        Files.delete(project.resolve("policies/own.drl"));
        rules(own, HOLD);
        ask("words<3");
        assertThat(done("sync", "--lift", "words==2.0").out()).contains("+ words 2.0", LIFTED);
        ask("words<3", "greeter");
        assertThat(done("sync").out()).contains("+ greeter 1.0", LIFTED);
        Path copy = Files.createDirectories(home.resolve("copy"));
        for (String file : new String[] {"pyproject.toml", "pylock.toml"}) {
            Files.copy(project.resolve(file), copy.resolve(file));
        }
        project = copy;
        assertThat(done("sync").out())
                .contains(
                        "+ words 1.0", "held: 2.0 we wait for 2.1", "blast sync --lift words==2.0");
    }

    @Test
    void onlyAHoldIsLifted() {
        done("sync");
        Cli.Said denied = blast("sync", "--lift", "words==3.0");
        assertThat(denied.exit()).isEqualTo(1);
        assertThat(denied.err())
                .contains(
                        "--lift words==3.0: it is denied, and only a hold can be lifted; nothing was changed",
                        "three is broken (\"never three\", policies/own.drl:7)");
        assertThat(done("sync", "--lift", "words==1.0").err())
                .contains("--lift words==1.0: no rule holds it");
        assertThat(done("sync", "--lift", "words==9").err())
                .contains("--lift words==9: there is no such version");
        assertThat(done("sync", "--lift", "words==2.0", "--strategy", "lowest").err())
                .contains("--lift words==2.0: the hold is lifted, and 1.0 is chosen all the same");
        Cli.Said malformed = blast("sync", "--lift", "words>=2");
        assertThat(malformed.exit()).isEqualTo(2);
        assertThat(malformed.err())
                .contains(
                        "--lift takes one version, NAME==VERSION, not 'words>=2'",
                        "blast sync --lift urllib3==2.6.0");
    }
}
