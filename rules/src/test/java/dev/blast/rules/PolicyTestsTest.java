package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.PolicyTests;
import dev.blast.rules.trial.TestFile;
import dev.blast.rules.trial.TestReport;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a test file, or goes wrong while a case runs: a failure with its place. */
final class PolicyTestsTest {
    private static final String POLICY =
            """
            rule "ok" when Connection( host == "a.example" ) then allow(); end
            rule "by zero" when Connection( $p : port, port == 1000 / ( $p - $p ) ) then allow(); end
            rule "small" when Session( ) then limitMemory( "512 MB" ); limitCpu( "1.5 cpus" ); end
            """;

    private static final String ASK = "ask = { Candidate = { name = \"x\", version = \"1\" } }\n";

    private static TestReport run(String policy, String tests) {
        return PolicyTests.run(
                List.of(Fixtures.file(Layer.USER, "a.drl", policy)),
                List.of(new TestFile("a.test.toml", tests)));
    }

    private static List<String> failures(String tests) {
        return run(POLICY, tests).failures().stream()
                .map(it -> it.file() + ":" + it.line() + ": " + it.message())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ask = "connect x:443"                        | 'ask' is a table: ask = { … }
                    ask = 5                                      | 'ask' is a table: ask = { … }
                    ask = [ 1 ]                                  | 'ask' is a table: ask = { … }
                    ask = { }                                    | asks nothing; write ask = { Connection = { … } }
                    name = 5                                     | 'name' is a text: name = "…"
                    because = 5                                  | 'because' is a text: because = "…"
                    session = "ci"                               | 'session' is a table: session = { … }
                    session = [ "ci" ]                           | 'session' is a table: session = { … }
                    session = { ci = "yes" }                     | Session.ci is a boolean, not "yes"
                    session = { home = "nowhere" }               | Session.home is not an absolute path: nowhere
                    session = { python = "x" }                   | not a version
                    session = { user = { a = 1 } }               | Session.user is a string, not
                    session = { x = 1 }                          | unknown field 'x' of Session
                    installed = { name = "torch", version = "2" }| 'installed' is a list of tables: installed = [ { … } ]
                    installed = [ "torch" ]                      | 'installed' is a list of tables: installed = [ { … } ]
                    installed = [ [ ] ]                          | 'installed' is a list of tables: installed = [ { … } ]
                    installed = [ { name = "torch" } ]           | Distribution needs version
                    installed = [ { name = 5, version = "1" } ]  | Distribution.name is a
                    expects = "allow"                            | unknown key 'expects'
                    """)
    void aWrongValueIsSaid(String line, String message) {
        String others = line.startsWith("ask") ? "" : ASK;
        assertThat(failures("\n[[case]]\n" + line + "\n" + others + "expect = \"deny\"\n"))
                .singleElement()
                .satisfies(it -> assertThat(it).startsWith("a.test.toml:2: ").contains(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    { Connection = { host = "x", port = 99999999999 } }  | Connection.port is a whole number up to 2147483647, not 99999999999
                    { Connection = { host = "x", port = 1.5 } }          | Connection.port is a whole number up to 2147483647, not 1.5
                    { Connection = { host = "x", port = inf } }          | Connection.port is a number, not Infinity
                    { Connection = { host = "x", port = nan } }          | Connection.port is a number, not NaN
                    { Connection = { host = "x", port = 70000 } }        | not a port: 70000
                    { Connection = { host = "x", port = 1979-05-27 } }   | Connection.port is a int, not "1979-05-27"
                    { Connection = { host = "x", protocol = "X" } }      | Connection.protocol is a protocol, not "X"
                    { Connection = { host = "x", address = "y" } }       | not an address: 'y'
                    { Connection = { host = [ "x" ] } }                  | Connection.host is a string, not x
                    { Candidate = { version = "1" } }                    | Candidate needs name
                    { Candidate = { name = "x" } }                       | Candidate needs version
                    { Candidate = { name = "x", version = "1", released = "soon" } } | not a date: 'soon'
                    { Candidate = { name = "x", version = "1", released = "2026-13-01T00:00:00Z" } } | not a date
                    { Candidate = { name = "x", version = "1", advisories = [ 1 ] } } | Candidate.advisories is a list, not 1
                    { Nothing = { } }                                    | unknown fact 'Nothing'
                    { nothing = "x" }                                    | cannot ask for 'nothing'
                    { Connection = "x" }                                 | cannot ask for 'Connection'
                    { Companion = { name = "x", version = "1" } }        | asks different questions at once
                    { Session = { } }                                    | Session needs project
                    { read = "relative" }                                | 'relative' does not begin with / or ~ or ./
                    { read = "/a\\u0000" }                               | is not a path
                    { read = "/a", write = "/b" }                        | asks several things at once
                    { limit = "memry" }                                  | no limit 'memry'
                    { syscall = "" }                                     | ?
                    """)
    void aWrongQuestionIsSaid(String ask, String message) {
        assertThat(failures("[[case]]\nask = " + ask + "\nexpect = \"allow\"\n"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it).startsWith("a.test.toml:1: ");
                    if (!message.equals("?")) {
                        assertThat(it).contains(message);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "case = 5",
                "case = [ 1 ]",
                "case = { }",
                "[case]\nname = \"x\"",
                "[[cases]]\nname = \"x\"",
                "[[case]\n",
                "[[case]]\nname = \"x\"\nname = \"y\"",
                "\u0000",
                "[[case]]\nask = "
            })
    void aFileWithoutACaseFails(String tests) {
        assertThat(failures(tests)).isNotEmpty();
    }

    @Test
    void whatIsHeavyIsNotParsed() {
        assertThat(failures("x = " + "[".repeat(200_000)))
                .containsExactly("a.test.toml:1: brackets nested more than 64 deep");
        assertThat(failures("#".repeat(600_000)))
                .containsExactly("a.test.toml:1: longer than 524,288 characters");
        assertThat(failures("a.".repeat(100_000) + "b = 1")).hasSize(1);
    }

    /** Also where a case expects the deny that such an evaluation ends with. */
    @Test
    void aRuleThatIsBrokenOffFailsItsCase() {
        String tests =
                """
                [[case]]
                name = "by zero"
                ask = { Connection = { host = "a.example", port = 443 } }
                expect = "deny"
                """;
        assertThat(failures(tests)).containsExactly("a.test.toml:1: expected deny, came out error");
        String crowd =
                "rule \"c\" when Candidate( ) "
                        + "Distribution( ) ".repeat(5)
                        + "then allow(); end";
        String many = "{ name = \"x\", version = \"1\" }, ".repeat(60);
        assertThat(
                        run(
                                        crowd,
                                        "[[case]]\ninstalled = [ "
                                                + many
                                                + " ]\n"
                                                + ASK
                                                + "expect = \"allow\"")
                                .failures())
                .singleElement()
                .satisfies(it -> assertThat(it.explanation()).contains("broken off"));
    }

    @ParameterizedTest
    @CsvSource({
        "memory,512 MB,",
        "memory,512000000,",
        "memory,0.512 GB,",
        "memory,512 MiB,'expected 512 MiB, came out 512000000'",
        "memory,half,'half' is not a size",
        "cpu,1.5 cpus,",
        "cpu,1500,",
        "time,none,"
    })
    void amountsAreCompared(String limit, String expect, String message) {
        List<String> failures =
                failures(
                        "[[case]]\nask = { limit = \"%s\" }\nexpect = \"%s\""
                                .formatted(limit, expect));
        if (message == null) {
            assertThat(failures).isEmpty();
        } else {
            assertThat(failures).singleElement().asString().contains(message);
        }
    }

    @Test
    void aVerdictThatNeverComesOutIsSaid() {
        assertThat(failures("[[case]]\n" + ASK + "expect = \"denied\""))
                .containsExactly(
                        "a.test.toml:1: 'denied' never comes out; it is one of allow, deny, hold, warn, error");
    }

    @Test
    void mutatedTestFiles() {
        List<TestFile> shipped = Fixtures.shippedTests();
        List<PolicyFile> policies = Fixtures.shipped();
        String[] pieces = {
            "[",
            "]",
            "{ }",
            "\"x\"",
            "5",
            "-1",
            "true",
            "1e400",
            "inf",
            "1979-05-27",
            "[[case]]",
            "= ",
            ",",
            "\"\"\"",
            "ask = ",
            "expect = ",
            "session = ",
            "because = 1\n",
            "\n",
            "'",
            "."
        };
        for (long seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            TestFile file = shipped.get(random.nextInt(shipped.size()));
            var text = new StringBuilder(file.text());
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                int at = random.nextInt(text.length());
                text.replace(
                        at,
                        Math.min(text.length(), at + random.nextInt(6)),
                        pieces[random.nextInt(pieces.length)]);
            }
            TestFile mutated = new TestFile(file.displayPath(), text.toString());
            assertThatCode(() -> PolicyTests.run(policies, List.of(mutated)))
                    .as("seed %d", seed)
                    .doesNotThrowAnyException();
        }
    }
}
