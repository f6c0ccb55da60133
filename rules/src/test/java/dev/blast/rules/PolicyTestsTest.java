package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.PolicyTests;
import dev.blast.rules.trial.TestFile;
import dev.blast.rules.trial.TestReport;
import java.util.List;
import java.util.Map;
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
                    points = "10"                                | 'points' is a number: points = 10
                    points = 1.5                                 | 'points' is a number: points = 10
                    """)
    void aWrongValueIsSaid(String line, String message) {
        String others = line.startsWith("ask") ? "" : ASK;
        assertThat(failures("\n[[case]]\n" + line + "\n" + others + "expect = \"deny\"\n"))
                .singleElement()
                .satisfies(it -> assertThat(it).startsWith("a.test.toml:3: ").contains(message));
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
                    { Connection = { host = "x", protocol = "X" } }      | Connection.protocol is one of TCP, UDP, UNIX, not "X"
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
                    if (!message.equals("?")) {
                        assertThat(it).startsWith("a.test.toml:2: ").contains(message);
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

    @ParameterizedTest
    @CsvSource({
        "points = 10,",
        "points = 9,'expected 9 points, came out 10'",
        "points = 0,'expected 0 points, came out 10'"
    })
    void pointsAreSummed(String points, String message) {
        String policy =
                "rule \"r\" when Candidate( name == \"x\" ) then allow(); prefer( 12 ); avoid( 2 ); end";
        TestReport report =
                run(policy, "[[case]]\n" + ASK + "expect = \"allow\"\n" + points + "\n");
        assertThat(report.failures())
                .extracting(TestReport.Failure::message)
                .isEqualTo(message == null ? List.of() : List.of(message));
    }

    @Test
    void nothingButACandidateHasPoints() {
        assertThat(
                        failures(
                                "[[case]]\nask = { limit = \"memory\" }\nexpect = \"none\"\npoints = 1\n"))
                .containsExactly("a.test.toml:4: a Candidate has points, and nothing else");
    }

    @Test
    void aVerdictThatNeverComesOutIsSaid() {
        assertThat(failures("[[case]]\n" + ASK + "expect = \"denied\""))
                .containsExactly(
                        "a.test.toml:3: 'denied' never comes out; it is one of allow, deny, hold, warn, error");
    }

    @Test
    void aPlaceHasAColumn() {
        TestReport report =
                run(
                        POLICY,
                        """
                        [[case]]
                        ask = { Connection = { host = "a.example", prt = 1 } }
                        expect = "allow"
                        """);
        assertThat(report.failures())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.line()).isEqualTo(2);
                    assertThat(it.column()).isEqualTo(44);
                    assertThat(it.message()).startsWith("unknown field 'prt' of Connection");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    { variable = "PATH" }                                 | denied | it is one of pass, absent, error, or set …, with its value
                    { read = "/a" }                                       | hidden | it is one of allow, deny, error
                    { limit = "memory" }                                  | small  | 'small' is not a size
                    { limit = "processes" }                               | small  | it is one of none, error, or a number
                    { Sync = { } }                                        | newst  | it is one of none, conflict, error
                    { Relaxation = { kind = "DROP", package = "x" } }     | no     | it is one of none, deny, error, or a number
                    { Strategy = "stable" }                               | stable | never comes out
                    """)
    void aWordThatNeverComesOutIsSaidOfEveryQuestion(String ask, String expect, String message) {
        String strategy =
                "rule \"s\" when Strategy( name == \"stable\" ) then rank( 1, \"newest\" ); end\n";
        TestReport report =
                run(
                        POLICY + strategy,
                        "[[case]]\nask = %s\nexpect = \"%s\"\n".formatted(ask, expect));
        assertThat(report.failures())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.line()).isEqualTo(3);
                    assertThat(it.message()).contains(message);
                });
    }

    @Test
    void whatDiffersIsSaidExactly() {
        assertThat(
                        run(
                                        POLICY,
                                        """
                                        [[case]]
                                        ask = { limit = "memory" }
                                        expect = "500 MB"
                                        """)
                                .failures())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.message())
                            .isEqualTo(
                                    "expected 500 MB, came out 512000000, which is 12000000 more");
                    assertThat(it.explanation())
                            .isEqualTo("memory is 512 MB, from \"small\" (a.drl:3)");
                });
    }

    @Test
    void severalThingsAreAskedAlike() {
        String policy = "rule \"r\" when Session( ) then readable( \"/a\", \"/b\" ); end";
        String tests =
                """
                [[case]]
                name = "folders"
                ask = { read = ["/a/x", "/b", "/c"] }
                expect = "allow"
                """;
        TestReport report = run(policy, tests);
        assertThat(report.cases()).isEqualTo(1);
        assertThat(report.failures())
                .singleElement()
                .satisfies(it -> assertThat(it.name()).isEqualTo("folders, /c"));
    }

    @Test
    void aRuleThatAnswersInNoCaseIsNamed() {
        TestReport report =
                run(
                        POLICY,
                        """
                        [[case]]
                        ask = { limit = "time" }
                        expect = "none"
                        """);
        assertThat(report.failures()).isEmpty();
        assertThat(report.passed()).isFalse();
        assertThat(report.untried())
                .extracting(it -> it.origin().line() + " " + it.what())
                .containsExactly("1 rule \"ok\"", "2 rule \"by zero\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    pylock.toml                     | allow |
                    other.toml                      | allow | 3:15 no such file
                    broken.toml                     | allow | 3:15 broken.toml:1:
                    mac.toml                        | allow | 3:15 mac.toml: the lock file is for other environments
                    """)
    void whatALockFileInstallsIsInstalled(String lock, String expect, String message) {
        String policy =
                "rule \"t\" when exists Distribution( name == \"torch\", version >= \"2\" ) Connection( ) then allow(); end";
        String tests =
                """
                [[case]]
                ask = { Connection = { host = "a.example" } }
                installed = { lock = "%s" }
                expect = "%s"
                """
                        .formatted(lock, expect);
        String head = "lock-version = \"1.0\"\ncreated-by = \"x\"\n%s[[packages]]\n";
        String torch =
                "name = \"torch\"\nversion = \"2.5\"\nmarker = \"sys_platform == 'linux'\"\n[packages.archive]\nurl = \"https://a.example/torch-2.5-py3-none-any.whl\"\nhashes = { sha256 = \"00\" }\n";
        Map<String, String> files =
                Map.of(
                        "pylock.toml", head.formatted("") + torch,
                        "broken.toml", "lock-version = ",
                        "mac.toml",
                                head.formatted("environments = [ \"sys_platform == 'darwin'\" ]\n")
                                        + torch);
        TestReport report =
                PolicyTests.run(
                        List.of(Fixtures.file(Layer.USER, "a.drl", policy)),
                        List.of(
                                new TestFile(
                                        "a.test.toml",
                                        tests,
                                        path -> {
                                            if (!files.containsKey(path)) {
                                                throw new IllegalArgumentException("no such file");
                                            }
                                            return files.get(path);
                                        })));
        List<String> failures =
                report.failures().stream()
                        .map(it -> "%d:%d %s".formatted(it.line(), it.column(), it.message()))
                        .toList();
        if (message == null) {
            assertThat(failures).isEmpty();
        } else {
            assertThat(failures).singleElement().asString().startsWith(message);
        }
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
