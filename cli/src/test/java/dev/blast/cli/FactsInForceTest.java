package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.invocation.Exit;
import dev.blast.rules.checked.NotYet;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every field of every fact is filled, or stands in the table of what is not yet in force: rules
 * say what they see while commands run, and what is always the same is not filled.
 */
final class FactsInForceTest {
    private static final Pattern SEEN = Pattern.compile("([A-Z]\\w+\\.\\w+)\\[([^\\[\\]]*)\\]");

    /** As setuptools writes it for the package {@code space}. */
    private static final String JOINS_A_NAMESPACE =
            "import sys, types, os;p = os.path.join(sys._getframe(1).f_locals['sitedir'], *('space',));"
                    + "ie = os.path.exists(os.path.join(p,'__init__.py'));"
                    + "m = not ie and sys.modules.setdefault('space', types.ModuleType('space'));"
                    + "mp = (m or []) and m.__dict__.setdefault('__path__',[]);"
                    + "(p not in mp) and mp.append(p)\n";

    /** They are filled, and one machine, one user and a sync see one value. */
    private static final Set<String> ALWAYS_THE_SAME_HERE =
            Set.of(
                    "Session.user",
                    "Session.interactive",
                    "Session.home",
                    "Session.basePrefix",
                    "Session.python",
                    "Session.platform",
                    "MissingLayer.layer",
                    "Connection.direction",
                    "Connection.program",
                    "Connection.protocol",
                    "Strategy.name");

    /**
     * One is the same as a candidate; of builds BuildsTest shows it, and of what a run runs into
     * ViolationsInForceTest.
     */
    private static final Set<FactType> SHOWN_ELSEWHERE =
            Set.of(Facts.COMPANION, Facts.BUILD, Facts.VIOLATION);

    @TempDir Path home;

    private final Map<String, Set<String>> seen = new TreeMap<>();
    private LoopbackIndex index;
    private String url = "";
    private boolean ci;

    @BeforeEach
    void anIndex() {
        index =
                new LoopbackIndex()
                        .with(
                                TestWheel.of("greeter", "1.0", "words").under("MIT"),
                                TestWheel.of("greeter", "2.0").announced("\"yanked\": \"broken\""),
                                TestWheel.of("greeter", "3.0rc1")
                                        .announced("\"requires-python\": \">=3.9\""),
                                TestWheel.of("greeter", "4.0").tagged("cp39-cp39-win32"),
                                TestWheel.of("words", "1.0").saying("a = 1\nb = 2\n").under("BSD"),
                                TestWheel.of("native", "1.0")
                                        .tagged("py3-none-linux_x86_64.linux_aarch64"),
                                TestWheel.of("clash", "1.0").holding("words.py", "a = 1\n"),
                                TestWheel.of("hung", "2.0").holding("hung.pth", "import hung\n"),
                                TestWheel.of("hooked", "1.0")
                                        .holding("hooked.pth", "import hooked\n")
                                        .holding("sitecustomize.py", "a = 1\n")
                                        .holding("space.pth", JOINS_A_NAMESPACE)
                                        .holding("space/part.py", "a = 1\n")
                                        .holding("folders.pth", "hooked_parts\n")
                                        .holding("hooked_parts/part.py", "a = 1\n"));
        index.with(TestSource.of("sourced", "1.0"));
        url = index.url();
    }

    @AfterEach
    void noIndex() {
        index.close();
    }

    @Test
    void everyFieldIsFilledOrSaidNotToBe() throws IOException {
        packages();
        files();
        strategies();
        waysOut();
        Set<String> fixed = new TreeSet<>();
        for (FactType fact : Facts.ALL) {
            for (Field field : fact.fields()) {
                String name = fact.name() + "." + field.name();
                if (seen.getOrDefault(name, Set.of()).size() < 2
                        && !SHOWN_ELSEWHERE.contains(fact)) {
                    fixed.add(name);
                }
            }
        }
        Set<String> said =
                NotYet.WORDS.keySet().stream()
                        .filter(word -> word.contains(".") && !word.contains(" "))
                        .filter(word -> !word.startsWith("Companion."))
                        .collect(Collectors.toCollection(TreeSet::new));
        said.addAll(ALWAYS_THE_SAME_HERE);
        assertThat(fixed).as("%s", seen).isEqualTo(said);
    }

    /** Whoever uses such a word hears of it, whatever they do. */
    @Test
    void whatIsNotYetInForceIsSaid() throws IOException {
        Path project = project("one", "\"words\"", "");
        rules(
                """
                rule "licenses that do not go together"
                when
                    Candidate( $n : name )
                    Companion( license == "X" )
                then
                    deny( "not beside ${$n}" );
                end
                """);
        String line =
                "~/.config/blast/policies/seeing.drl:4:16: 'Companion.license' is understood, not yet in force: a sync asks";
        for (String command : List.of("start", "sync --upgrade", "run true")) {
            Cli.Said said = said(project, command.split(" "));
            assertThat(said.exit()).as("%s%s", said.out(), said.err()).isZero();
            assertThat(said.err()).as(command).contains("blast: " + line);
        }
        Cli.Said lint = said(project, "policy", "lint");
        assertThat(lint.exit()).isEqualTo(Exit.FINDINGS.code());
        assertThat(lint.out())
                .contains("seeing.drl:4:16: warning: 'Companion.license' is understood");
    }

    /** What is installed is there for a rule that looks at no field of it. */
    @Test
    void aRuleThatLooksAtNoFieldSeesWhatIsInstalled() throws IOException {
        Path project = project("one", "\"words\"", "");
        rules(
                """
                rule "something is installed"
                when
                    exists Distribution( )
                    Session( )
                then
                    setVariable( "SOMETHING", "yes" );
                end

                rule "something that was asked for is"
                when
                    exists Distribution( direct == true )
                    Session( )
                then
                    setVariable( "ASKED", "yes" );
                end
                """);
        assertThat(said(project, "start").exit()).isZero();
        for (String variable : List.of("SOMETHING", "ASKED")) {
            assertThat(said(project, "check", "--explain", "variable", variable).out())
                    .contains("SET to \"yes\"");
        }
    }

    /** Also where no rule asks what is installed. */
    @Test
    void aProgramThatIsInstalledIsNotSaidToBeMissing() throws IOException {
        Path project = project("one", "\"words\"", "");
        assertThat(said(project, "start").exit()).isZero();
        Cli.Said failed = said(project, "run", "python", "-m", "words.nothing");
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.err()).doesNotContain("not installed");
    }

    private void packages() throws IOException {
        Path one = project("one", "\"greeter<2\"", "[dependency-groups]\ndev = [\"words\"]\n");
        blast(one, "start");
        Path two = project("two", "\"greeter==1.0\"", "");
        blast(two, "start");
        holes();
        rules(
                rule("Candidate", "deny( \"%s\" )", "Session", "Distribution"),
                rule("Connection", "deny( \"%s\" )", "Session", "Distribution"));
        for (Path project : List.of(one, two)) {
            for (String version : List.of("1.0", "2.0", "3.0rc1", "4.0")) {
                blast(project, "check", "--explain", "package", "greeter==" + version, "--json");
            }
            blast(project, "check", "--explain", "package", "words==1.0", "--json");
            for (String host : List.of("127.0.0.1", "10.0.0.1", "169.254.169.254", "api.example")) {
                blast(project, "check", "--explain", "connect", host + ":80", "--json");
                blast(project, "check", "--explain", "connect", host + ":443", "--json");
            }
        }
        blast(two, "check", "--explain", "package", "native==1.0", "--json");
        ci = true;
        blast(two, "check", "--explain", "connect", "api.example:80", "--json");
        url = index.uploaded("2024-05-05T00:00:00Z").url().replace("127.0.0.1", "localhost");
        blast(two, "check", "--explain", "package", "words==1.0", "--json");
    }

    /** One of the greeter of the second project, and some in what nobody has yet. */
    private void holes() throws IOException {
        Path osv = Files.createDirectories(home.resolve("osv"));
        String document =
                """
                {"id": "%s", "aliases": ["CVE-2025-%s"], %s "affected": [{"package": {"ecosystem": "PyPI", "name": "%s"},
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "%s"}%s]}]}]}
                """;
        Files.writeString(
                osv.resolve("one.json"),
                document.formatted(
                        "PYSEC-2025-1",
                        "1",
                        "\"published\": \"2025-01-01T00:00:00Z\",",
                        "greeter",
                        "1.0",
                        ", {\"fixed\": \"2.0\"}"));
        Files.writeString(
                osv.resolve("two.json"),
                document.formatted(
                        "PYSEC-2025-2",
                        "2",
                        "\"database_specific\": {\"severity\": \"HIGH\"},",
                        "words",
                        "0",
                        ""));
        Files.writeString(
                osv.resolve("four.json"), document.formatted("X-4", "4", "", "pip", "0", ""));
        Files.writeString(
                osv.resolve("three.json"), document.formatted("X-3", "3", "", "greeter", "4", ""));
        blast(home, "advisories", "update", "--from", "osv");
        Path own = Files.createDirectories(home.resolve(".config/blast/policies"));
        Files.writeString(own.resolve("aside.drl"), rule("Advisory", "ignore( \"%s\" )"));
        for (String project : List.of("one", "two")) {
            blast(home.resolve(project), "check", "--explain", "--json");
        }
        Files.delete(own.resolve("aside.drl"));
    }

    private void files() throws IOException {
        noRules();
        Path three = project("three", "\"words\", \"native\", \"sourced\"", "");
        blast(three, "start");
        blast(three, "clean");
        Path four = project("four", "\"words\", \"hooked\", \"hung\", \"clash\"", "");
        rules(rule("Artifact", "deny( \"%s\" )"), rule("StartupHook", "deny( \"%s\" )"));
        blast(three, "start");
        blast(four, "start");
    }

    private void strategies() throws IOException {
        Path five =
                project(
                        "five",
                        "\"words\"",
                        "[dependency-groups]\ndev = [\"greeter==1.0\", \"native>0\"]\n");
        named("Sync", five, "start");
        noRules();
        blast(five, "start");
        named("Sync", five, "sync", "--upgrade");
        foreign(five);
        named("Sync", five, "sync", "--upgrade");
        named("Requirement", five, "sync", "--upgrade");
        named("Requirement( direct == true, name != \"words\", ", five, "sync", "--upgrade");
    }

    /** One thing that is asked for, and one that is needed and held back. */
    private void waysOut() throws IOException {
        rules(rule("Relaxation", "deny( \"%s\" )"));
        blast(project("six", "\"greeter==7\"", ""), "start");
        rules(
                rule("Relaxation", "deny( \"%s\" )"),
                "rule \"wait\" when Candidate( name == \"words\" ) then hold( \"later\" ); end");
        blast(project("seven", "\"greeter==1.0\"", ""), "start");
    }

    /** What another installer left behind. */
    private static void foreign(Path project) throws IOException {
        try (Stream<Path> files =
                Files.find(project, 9, (it, _) -> it.endsWith("site-packages/words.py"))) {
            Path info = files.findFirst().orElseThrow().resolveSibling("stray-1.0.dist-info");
            Files.createDirectory(info);
            Files.writeString(
                    info.resolve("METADATA"), "Metadata-Version: 2.1\nName: stray\nVersion: 1.0\n");
            Files.writeString(info.resolve("RECORD"), "");
        }
    }

    /** A strategy is known by a short name: it says one field. */
    private void named(String pattern, Path project, String... argv) throws IOException {
        String fact = pattern.replaceAll("\\W.*", "");
        String open = pattern.equals(fact) ? fact + "( " : pattern;
        for (Field field : Facts.named(fact).orElseThrow().fields()) {
            rules(
                    "rule \"see\" when %s$x : %s ) then use( \"%s.%s[${$x}]\" ); end"
                            .formatted(open, field.name(), fact, field.name()));
            blast(project, argv);
        }
    }

    private void noRules() throws IOException {
        Files.deleteIfExists(home.resolve(".config/blast/policies/seeing.drl"));
    }

    private Path project(String name, String requirement, String more) throws IOException {
        Path project = Files.createDirectories(home.resolve(name));
        Files.writeString(
                project.resolve("pyproject.toml"),
                "[project]\nname = \"%s\"\nversion = \"1\"\ndependencies = [%s]\n%s"
                        .formatted(name, requirement, more));
        return project;
    }

    private void rules(String... rules) throws IOException {
        Path own = Files.createDirectories(home.resolve(".config/blast/policies"));
        Files.writeString(own.resolve("seeing.drl"), String.join("\n", rules));
    }

    /** A rule that says all that it sees of a fact, with others beside it. */
    private static String rule(String fact, String verb, String... beside) {
        var text = new StringBuilder();
        var patterns = new StringBuilder();
        pattern(fact, patterns, text);
        var rules = new StringBuilder(whole(fact, patterns, verb, text));
        for (String other : beside) {
            var more = new StringBuilder(patterns);
            var its = new StringBuilder();
            pattern(other, more, its);
            rules.append(whole(fact + " and " + other, more, verb, its));
        }
        return rules.toString();
    }

    private static String whole(
            String name, CharSequence patterns, String verb, CharSequence text) {
        return "rule \"%s\" when %s then %s; end%n".formatted(name, patterns, verb.formatted(text));
    }

    private static void pattern(String name, StringBuilder patterns, StringBuilder text) {
        FactType fact = Facts.named(name).orElseThrow();
        patterns.append(name).append("( ");
        String separator = "";
        for (Field field : fact.fields()) {
            String variable = "$" + name + field.name();
            patterns.append(separator).append(variable).append(" : ").append(field.name());
            text.append("%s.%s[${%s}]".formatted(name, field.name(), variable));
            separator = ", ";
        }
        patterns.append(" ) ");
    }

    private void blast(Path project, String... argv) {
        Cli.Said said = said(project, argv);
        Matcher found = SEEN.matcher(said.out() + said.err());
        while (found.find()) {
            seen.computeIfAbsent(found.group(1), _ -> new TreeSet<>()).add(found.group(2));
        }
    }

    private Cli.Said said(Path project, String... argv) {
        Map<String, String> variables = new HashMap<>();
        variables.put("HOME", home.toString());
        variables.put("PATH", System.getenv("PATH"));
        variables.put("PIP_INDEX_URL", url);
        variables.put("PIP_CONFIG_FILE", "/dev/null");
        if (ci) {
            variables.put("CI", "true");
        }
        Cli.Said said = new Cli(project, variables).run(argv);
        assertThat(said.exit()).as("%s%s", said.out(), said.err()).isNotEqualTo(Exit.BUG.code());
        return said;
    }
}
