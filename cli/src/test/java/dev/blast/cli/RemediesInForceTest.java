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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern ADD = Pattern.compile("add to (\\S+)( \\(checked: .*)?");
    private static final Pattern OUT =
            Pattern.compile(
                    "take out rule \"([^\"]+)\" (\\S+?):\\d+(, and its file.*?)?( \\(checked: .*)?");
    private static final Pattern TOUCH =
            Pattern.compile("make the file first, outside: (touch .*?)( \\(checked: .*)?");
    private static final Pattern BY = Pattern.compile("run it by (\\S+) \\(checked: .*");

    /** Not below /tmp, where every program has a folder of its own. */
    @TempDir(factory = InTarget.class)
    Path folder;

    private Path home;
    private Path project;
    private Path elsewhere;
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

    static final class InTarget implements TempDirFactory {
        private static final List<Path> OF_EVERY_PROGRAM =
                List.of(Path.of("/tmp"), Path.of("/var/tmp"), Path.of("/dev/shm"));

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            Path target = Files.createDirectories(Path.of("target")).toRealPath();
            boolean isBelow = OF_EVERY_PROGRAM.stream().anyMatch(target::startsWith);
            Path place = isBelow ? Path.of(System.getProperty("user.home")) : target;
            return Files.createTempDirectory(place, "blast-remedies");
        }
    }

    @BeforeEach
    void aProject() throws IOException {
        Path root = folder.toRealPath();
        home = Files.createDirectory(root.resolve("home"));
        project = Files.createDirectories(home.resolve("src/p"));
        elsewhere = root.resolve("else where");
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
            List<List<String>> groups = groups(said);
            assertThat(groups).as(said).isNotEmpty();
            for (List<String> group : groups) {
                lay(one);
                String command = make(group);
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

    /** What stands under each label that proposes something, without the label. */
    private static List<List<String>> groups(String said) {
        var groups = new ArrayList<List<String>>();
        boolean proposes = false;
        for (String line : said.lines().toList()) {
            if (!line.startsWith("           ")) {
                proposes = line.startsWith("to allow ") || line.startsWith("for more ");
                if (proposes) {
                    groups.add(new ArrayList<>());
                }
            }
            if (proposes) {
                groups.getLast().add(line.substring(11));
            }
        }
        return groups;
    }

    /** Does what the lines say; the command that then asks. */
    private String make(List<String> lines) throws IOException {
        String command = "sh";
        for (int at = 0; at < lines.size(); at++) {
            Matcher add = ADD.matcher(lines.get(at));
            Matcher out = OUT.matcher(lines.get(at));
            Matcher touch = TOUCH.matcher(lines.get(at));
            Matcher by = BY.matcher(lines.get(at));
            if (add.matches()) {
                var rule = new StringBuilder();
                while (!rule.toString().endsWith("\nend\n")) {
                    rule.append(lines.get(++at).substring(2)).append('\n');
                }
                Path file = project.resolve(add.group(1));
                String before = Files.exists(file) ? Files.readString(file) : "";
                put(file, before + rule);
            } else if (out.matches()) {
                takeOut(out.group(1), out.group(2), out.group(3) != null);
            } else if (touch.matches()) {
                assertThat(outside(touch.group(1))).isZero();
            } else if (by.matches()) {
                command = by.group(1);
            } else if (lines.get(at).endsWith(": blast trust")) {
                assertThat(blast("trust").exit()).isZero();
            }
        }
        return command;
    }

    private void takeOut(String rule, String file, boolean withFile) throws IOException {
        Path path = file.startsWith("~/") ? home.resolve(file.substring(2)) : project.resolve(file);
        String left =
                Files.readString(path)
                        .lines()
                        .filter(line -> !line.startsWith("rule \"" + rule + "\""))
                        .reduce("", (all, line) -> all + line + "\n");
        assertThat(left.isBlank()).as("%s is then empty", file).isEqualTo(withFile);
        if (withFile) {
            Files.delete(path);
        } else {
            Files.writeString(path, left);
        }
    }

    private static int outside(String command) throws IOException {
        try {
            return new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
