package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policy files begun, laid out and renamed. */
final class PolicyFilesTest {
    private static final String CROWDED =
            "rule \"ours\" when Session( ci==true ) then limitMemory(\"1 GB\");end";

    private static final String LAID_OUT =
            """
            rule "ours"
            when
                Session( ci == true )
            then
                limitMemory( "1 GB" );
            end
            """;

    @TempDir Path home;

    private Path policies;

    @BeforeEach
    void aProject() throws IOException {
        policies = Files.createDirectories(home.resolve("shop/policies"));
        Files.writeString(
                home.resolve("shop/pyproject.toml"),
                "[project]\nname = \"shop\"\nversion = \"1\"\n");
    }

    private Cli.Said blast(String... words) {
        var variables = Map.of("HOME", home.toString(), "PATH", System.getenv("PATH"));
        return new Cli(home.resolve("shop"), variables).run(words);
    }

    private String read(String name) throws IOException {
        return Files.readString(policies.resolve(name));
    }

    @Test
    void whatIsBegunIsTriedAndNothingIsWrittenOver() throws IOException {
        assertThat(blast("policy", "new", "package").exit()).isZero();
        assertThat(blast("policy", "test").out()).contains(" passed");
        assertThat(blast("policy", "lint").out()).contains("nothing to remark");
        assertThat(blast("policy", "fmt", "--check").exit()).isZero();
        Files.writeString(policies.resolve("package.drl"), LAID_OUT);
        Cli.Said again = blast("policy", "new", "package");
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("package.drl is there already");
        assertThat(read("package.drl")).isEqualTo(LAID_OUT);
    }

    @Test
    void whatTeamsAskForIsListedAndTaken() {
        Cli.Said list = blast("policy", "new", "--list");
        assertThat(list.exit()).isZero();
        assertThat(list.out())
                .containsPattern("connect +What programs may connect to")
                .containsPattern("cooldown +A release waits for a week")
                .contains("blast policy new NAME");
        assertThat(blast("policy", "new", "--list", "--json").out())
                .contains("\"name\" : \"cooldown\"", "\"leavesOpen\" : \"what stays hidden");
        Cli.Said taken = blast("policy", "new", "cooldown");
        assertThat(taken.exit()).isZero();
        assertThat(taken.out()).contains("new: policies/cooldown.test.toml", "leaves open");
        assertThat(blast("policy", "test").exit()).isZero();
        assertThat(blast("policy", "lint").out()).contains("nothing to remark");
        assertThat(blast("policy", "fmt", "--check").exit()).isZero();
        Cli.Said unknown = blast("policy", "new", "coldown");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("did you mean 'cooldown'?", "blast policy new --list");
        assertThat(blast("policy", "new", "../secrets").exit()).isEqualTo(2);
        assertThat(blast("policy", "new", "--list", "cooldown").exit()).isEqualTo(2);
    }

    /** The example of {@code file-passed-over} in docs/diagnostics.md. */
    @Test
    void aFileInCapitalsIsPassedOver() throws IOException {
        Files.writeString(policies.resolve("team.DRL"), LAID_OUT);
        assertThat(blast("policy", "lint", "--json").out())
                .contains("\"code\" : \"file-passed-over\"", "\"file\" : \"policies/team.DRL\"");
        Files.move(policies.resolve("team.DRL"), policies.resolve("team.drl"));
        assertThat(blast("policy", "lint", "--json").out()).doesNotContain("file-passed-over");
    }

    @Test
    void aFileIsShownThenLaidOutAndLosesItsTrust() throws IOException {
        Files.writeString(policies.resolve("own.drl"), CROWDED);
        blast("trust");
        Cli.Said check = blast("policy", "fmt", "--check");
        assertThat(check.exit()).isEqualTo(1);
        assertThat(check.out()).contains("policies/own.drl: is not laid out");
        Cli.Said diff = blast("policy", "fmt", "--diff");
        assertThat(diff.exit()).isEqualTo(1);
        assertThat(diff.out())
                .isEqualTo(
                        """
                        --- policies/own.drl
                        +++ policies/own.drl
                        @@ -1,1 +1,6 @@
                        -%s
                        \\ No newline at end of file
                        +rule "ours"
                        +when
                        +    Session( ci == true )
                        +then
                        +    limitMemory( "1 GB" );
                        +end
                        """
                                .formatted(CROWDED));
        assertThat(read("own.drl")).isEqualTo(CROWDED);
        Cli.Said done = blast("policy", "fmt");
        assertThat(done.exit()).isZero();
        assertThat(done.out())
                .contains("policies/own.drl: laid out", "not trusted any more: blast trust");
        assertThat(read("own.drl")).isEqualTo(LAID_OUT);
        assertThat(blast("policy", "fmt").out()).isEqualTo("1 policy file, 0 laid out\n");
    }

    @Test
    void whatCannotBeReadStays() throws IOException {
        Files.writeString(policies.resolve("own.drl"), "rule \"a\" when then");
        Cli.Said said = blast("policy", "fmt");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).contains("policies/own.drl:1:19: expected 'end'");
        assertThat(read("own.drl")).isEqualTo("rule \"a\" when then");
    }

    @Test
    void aRuleIsRenamedWithItsCases() throws IOException {
        Files.writeString(policies.resolve("own.drl"), LAID_OUT);
        Files.writeString(
                policies.resolve("own.test.toml"),
                """
                [[case]]
                name    = "ours"
                session = { ci = true }
                ask     = { limit = "memory" }
                expect  = "1 GB"
                because = 'ours' # in CI
                """);
        Cli.Said renamed = blast("policy", "rename", "ours", "memory in CI");
        assertThat(renamed.out())
                .isEqualTo("policies/own.drl: 1 place\npolicies/own.test.toml: 1 place\n");
        assertThat(read("own.drl")).isEqualTo(LAID_OUT.replace("ours", "memory in CI"));
        assertThat(read("own.test.toml"))
                .contains("name    = \"ours\"", "because = 'memory in CI' # in CI");
        assertThat(blast("policy", "test").exit()).isZero();
        assertThat(blast("policy", "rename", "ours", "x").err())
                .contains("no rule of this project is called \"ours\"");
        Cli.Said nameless = blast("policy", "rename", "memory in CI", " ");
        assertThat(nameless.exit()).isEqualTo(1);
        assertThat(nameless.err()).contains("not a name for a rule", "nothing was changed");
        assertThat(read("own.drl")).contains("memory in CI");
    }

    @Test
    void noLinkLeadsOutOfTheProject() throws IOException {
        Path outside = Files.createDirectories(home.resolve("outside"));
        String cases = "[[case]]\nname = 'x'\nask = { limit = 'memory' }\nbecause = 'ours'\n";
        Files.writeString(outside.resolve("own.test.toml"), cases);
        Files.writeString(policies.resolve("own.drl"), LAID_OUT);
        Files.createSymbolicLink(
                policies.resolve("own.test.toml"), outside.resolve("own.test.toml"));
        for (Cli.Said said :
                List.of(blast("policy", "rename", "ours", "mine"), blast("policy", "test"))) {
            assertThat(said.exit()).isEqualTo(1);
            assertThat(said.out() + said.err()).contains("is a link that leads out of the project");
        }
        assertThat(read("own.drl")).isEqualTo(LAID_OUT);
        assertThat(outside.resolve("own.test.toml")).hasContent(cases);
        Files.createSymbolicLink(
                policies.resolve("connect.test.toml"), outside.resolve("none.test.toml"));
        assertThat(blast("policy", "new").exit()).isEqualTo(1);
        assertThat(policies.resolve("connect.drl")).doesNotExist();
        Path other = Files.createDirectories(home.resolve("other"));
        Files.writeString(
                other.resolve("pyproject.toml"), "[project]\nname = \"o\"\nversion = \"1\"\n");
        Files.createSymbolicLink(other.resolve("policies"), outside);
        Cli.Said begun =
                new Cli(other, Map.of("HOME", home.toString(), "PATH", System.getenv("PATH")))
                        .run("policy", "new");
        assertThat(begun.exit()).isEqualTo(1);
        assertThat(outside.resolve("connect.drl")).doesNotExist();
    }

    @Test
    void aFileWithoutCasesFailsAndTheCasesThatThereAreHavePassed() throws IOException {
        Files.writeString(policies.resolve("own.drl"), LAID_OUT);
        Cli.Said said = blast("policy", "test");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out())
                .contains("no case tries it; write policies/own.test.toml")
                .containsPattern("(\\d+) cases, \\1 passed, 1 failed");
    }

    @Test
    void eachTakesWhatIsItsOwn() {
        assertThat(blast("policy", "show", "connect", "x").err())
                .contains("policy show: 'x' is one argument too many");
        assertThat(blast("policy", "lint", "--check").err())
                .contains("--check belongs to policy fmt");
        Cli.Said few = blast("policy", "rename", "ours");
        assertThat(few.exit()).isEqualTo(2);
        assertThat(few.err()).contains("policy rename takes 2 arguments");
    }
}
