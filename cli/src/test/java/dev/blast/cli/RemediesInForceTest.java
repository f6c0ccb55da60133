package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.blast.cli.invocation.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * What an explanation proposes, done as its text says and tried in a real sandbox: it fails before,
 * and afterwards it does not.
 */
@Timeout(300)
final class RemediesInForceTest {
    /** Not below /tmp, where every program has a folder of its own. */
    @TempDir(factory = InHome.class)
    Path folder;

    private Path home;
    private Path project;
    private Path elsewhere;
    private DoneAsSaid hand;
    private int remedies;

    /**
     * Something that is denied.
     *
     * @param asked the words after {@code --explain}
     * @param script what a program then does
     * @param layout what lies around: files, links, rules
     */
    private record Case(String asked, String script, Layout layout) {}

    private interface Layout {
        void lay() throws IOException;
    }

    /** Where programs share nothing, and outside of the checkout, which is Blast's own. */
    static final class InHome implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return Files.createTempDirectory(
                    Path.of(System.getProperty("user.home")), "blast-remedies");
        }
    }

    @BeforeEach
    void aProject() throws IOException {
        Path root = folder.toRealPath();
        home = Files.createDirectory(root.resolve("home"));
        project = Files.createDirectories(home.resolve("src/p"));
        elsewhere = root.resolve("else where");
        hand = new DoneAsSaid(home, project, this::blast);
        Files.writeString(
                project.resolve("pyproject.toml"), "[project]\nname = \"p\"\nversion = \"1\"\n");
    }

    private Cli.Said blast(String... argv) {
        Map<String, String> variables = new HashMap<>(Map.of("HOME", home.toString()));
        variables.put("PATH", System.getenv("PATH"));
        variables.put("TOKEN", "x");
        Cli.Said said = new Cli(project, variables).run(argv);
        assertThat(said.exit()).as("%s%s", said.out(), said.err()).isNotEqualTo(Exit.BUG.code());
        return said;
    }

    @Test
    void doesWhatItSays() throws IOException {
        Cli.Said started = blast("start", "--offline");
        assertThat(started.exit()).as("%s%s", started.out(), started.err()).isZero();
        assumeFalse(started.out().contains("sandbox none"), "this kernel confines nothing");
        int denials = 0;
        for (Case one : cases()) {
            lay(one);
            assertThat(run(one, "sh").exit()).as("%s, before", one.asked()).isNotZero();
            String said = blast(words(one)).out();
            List<List<String>> groups = DoneAsSaid.groups(said);
            assertThat(groups).as(said).isNotEmpty();
            for (List<String> group : groups) {
                lay(one);
                String command = hand.make(group);
                Cli.Said after = run(one, command);
                assertThat(after.exit()).as("%s%n%s%n%s", one.asked(), group, after.err()).isZero();
                remedies++;
            }
            denials++;
        }
        assertThat(denials).isGreaterThanOrEqualTo(20);
        System.out.printf("%d denials, %d remedies made and tried%n", denials, remedies);
    }

    private List<Case> cases() {
        String data = elsewhere.resolve("data.csv").toString();
        String fresh = elsewhere.resolve("new.csv").toString();
        String deep = elsewhere.resolve("a/b/new.csv").toString();
        var none = (Layout) () -> {};
        return List.of(
                new Case("read|" + data, "cat '" + data + "'", none),
                new Case("read|./link", "cat ./link", () -> link(project, elsewhere)),
                new Case("read|~/link", "cat ~/link", () -> link(home, elsewhere)),
                new Case("write|" + data, "echo y > '" + data + "'", none),
                new Case("write|" + fresh, "echo y > '" + fresh + "'", none),
                new Case("write|" + deep, "echo y > '" + deep + "'", none),
                new Case(
                        "write|./newlink",
                        "echo y > ./newlink",
                        () ->
                                Files.createSymbolicLink(
                                        project.resolve("newlink"), elsewhere.resolve("new.csv"))),
                new Case(
                        "write|.git/hooks/pre-commit",
                        "echo y > .git/hooks/pre-commit",
                        () -> Files.createDirectories(project.resolve(".git/hooks"))),
                new Case(
                        "write|.vscode/settings.json",
                        "echo y > .vscode/settings.json",
                        () -> put(project.resolve(".vscode/settings.json"), "{}")),
                new Case(
                        "write|.envrc --as sh",
                        "echo y > .envrc",
                        () -> put(project.resolve(".envrc"), "x")),
                new Case("read|./secret", "cat secret", () -> hide("hidden( \"./secret\" );")),
                new Case(
                        "read|./secret",
                        "cat secret",
                        () -> {
                            put(project.resolve("secret"), "x");
                            policy("\"mine\"", "Session( )", "hidden( \"./secret\" );", true);
                        }),
                new Case(
                        "read|" + data,
                        "cat '" + data + "'",
                        () -> policy("\"mine\"", "Session( )", reads(data), false)),
                new Case(
                        "read|" + data,
                        "cat '" + data + "'",
                        () -> {
                            policy("\"mine\"", "Session( )", reads(data), false);
                            hide("hidden( \"" + data + "\" );");
                        }),
                new Case(
                        "read|" + data + "|--as|sh",
                        "cat '" + data + "'",
                        () -> hide("hidden( \"" + elsewhere + "\" );")),
                new Case(
                        "read|" + data,
                        "cat '" + data + "'",
                        () -> user("command == \"bash\"", reads(data))),
                new Case("write|" + data, "echo y > '" + data + "'", () -> user("", reads(data))),
                new Case("access|" + data, "cat '" + data + "'", none),
                new Case("variable|TOKEN", "test \"$TOKEN\" = x", none),
                new Case(
                        "syscall|mkdir",
                        "mkdir made && rmdir made",
                        () -> user("", "denySyscalls( \"mkdir\", \"mkdirat\" );")),
                new Case(
                        "limit|open files",
                        "test $(ulimit -n) -gt 64",
                        () -> user("", "limitOpenFiles( 64 );")),
                new Case(
                        "limit|file size",
                        "head -c 1500000 /dev/zero > big",
                        () -> user("", "limitFileSize( \"1 MB\" );")));
    }

    private static String reads(String path) {
        return "readable( \"" + path + "\" );";
    }

    private void link(Path in, Path to) throws IOException {
        Files.createSymbolicLink(in.resolve("link"), to.resolve("data.csv"));
    }

    private void hide(String statement) throws IOException {
        put(project.resolve("secret"), "x");
        user("", statement);
    }

    private void user(String session, String statement) throws IOException {
        put(
                home.resolve(".config/blast/policies/test.drl"),
                "rule \"user's\" when Session( %s ) then %s end%n".formatted(session, statement));
    }

    private void policy(String name, String session, String statement, boolean trusted)
            throws IOException {
        put(
                project.resolve("policies/own.drl"),
                "rule %s when %s then %s end%n".formatted(name, session, statement));
        if (trusted) {
            blast("trust");
        }
    }

    private static void put(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** As it was, and then as the case has it. */
    private void lay(Case one) throws IOException {
        for (String gone :
                List.of(
                        "policies",
                        ".git",
                        ".vscode",
                        ".envrc",
                        "secret",
                        "link",
                        "newlink",
                        "big")) {
            remove(project.resolve(gone));
        }
        remove(home.resolve("link"));
        remove(home.resolve(".config/blast/policies"));
        remove(elsewhere);
        put(elsewhere.resolve("data.csv"), "x");
        blast("trust", "--revoke");
        one.layout().lay();
    }

    private static void remove(Path path) throws IOException {
        if (Files.isSymbolicLink(path) || Files.isRegularFile(path)) {
            Files.delete(path);
        } else if (Files.isDirectory(path)) {
            try (Stream<Path> all = Files.walk(path)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private Cli.Said run(Case one, String command) {
        return blast("run", "--", command, "-c", "{ " + one.script() + "; } 2>/dev/null >&2");
    }

    private static String[] words(Case one) {
        var words = new ArrayList<String>(List.of("check", "--explain"));
        words.addAll(List.of(one.asked().replace(" --as sh", "|--as|sh").split("\\|", -1)));
        return words.toArray(String[]::new);
    }
}
