package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.invocation.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Rules that make a conflict, and rules on the ways out of one, from the file to what is said. */
final class ConflictRulesTest extends ShopFixture {
    private static final String APART =
            """
            rule "one format at a time"
                @reason("words 2 writes what greeter 2 cannot read")
            when
                Candidate( name == "greeter", version >= "2" )
                Companion( name == "words", version >= "2" )
            then
                deny();
            end
            """;

    ConflictRulesTest() {
        super(
                TestWheel.of("words", "1.0"),
                TestWheel.of("words", "2.0"),
                TestWheel.of("greeter", "1.0"),
                TestWheel.of("greeter", "2.0"));
    }

    @Test
    void twoThatMayNotStandTogetherDoNot() throws IOException {
        ask("greeter", "words");
        assertThat(blast("start").exit()).isZero();
        rules(APART);
        Cli.Said check = blast("check");
        assertThat(check.exit()).isEqualTo(Exit.FINDINGS.code());
        assertThat(check.out())
                .contains(
                        "greeter 2.0 and words 2.0 may not stand together: words 2 writes what greeter 2 cannot read (\"one format at a time\", policies/team.drl:1)");
        Cli.Said sync = blast("sync");
        assertThat(sync.exit()).as(sync.err()).isZero();
        assertThat(sync.out()).contains("words").contains("1.0");
        assertThat(blast("check").out()).doesNotContain("may not stand together");
    }

    @Test
    void aProofNamesTheRuleAndAWayOutItsPrice() throws IOException {
        ask("greeter>=2", "words>=2");
        rules(
                APART,
                """
                rule "words is the last to move"
                when
                    Relaxation( package == "words", kind == WIDEN )
                then
                    cost( 70 );
                end
                """);
        Cli.Said start = blast("start");
        assertThat(start.exit()).isEqualTo(Exit.NO_SOLUTION.code());
        Golden.check("e2e-conflict-rules.txt", start.err());
        assertThat(blast("start", "--json").out())
                .contains("\"kind\" : \"apart\"")
                .contains("\"rule\" : \"words is the last to move\"")
                .contains("\"points\" : 70");
    }

    @Test
    void whatIsForbiddenIsSaidWhereNothingElseIsLeft() throws IOException {
        ask("greeter>=2", "words>=2");
        rules(
                APART,
                "rule \"nothing gives way\" when Relaxation( ) then deny( \"ask the release manager\" ); end");
        assertThat(blast("start").err())
                .contains("No way out that the rules allow:\n")
                .contains(
                        "forbidden: without greeter (pyproject.toml:5): ask the release manager (\"nothing gives way\", policies/team.drl:9)");
    }

    private void rules(String... rules) throws IOException {
        Path policies = Files.createDirectories(project.resolve("policies"));
        Files.writeString(policies.resolve("team.drl"), String.join("", rules));
    }
}
