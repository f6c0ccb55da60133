package dev.blast.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.blast.cli.LoopbackIndex;
import dev.blast.cli.TestWheel;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the documents show is what happens: each is one session of a shell, from its first block to
 * its last, with the distribution as it was built and an index on loopback. What a fence's kind
 * says: {@code console} is typed and compared, {@code sh} is for somebody else's machine and is
 * neither; the others are compared with the code or the disk, here or by the test that is named.
 */
@Timeout(600)
final class GuidesIT {
    private static final Path ROOT = Path.of(System.getProperty("blast.root"));

    /** Documents whose blocks another test replays: all of them, where nothing else is said. */
    private static final Map<String, String> ELSEWHERE =
            Map.of(
                    "docs/policies.md", "VocabularyTest",
                    "docs/solving.md", "SolvingGuideTest",
                    "docs/diagnostics.md", "CodeExamplesTest",
                    "docs/editors.md", "EditorIT, one of two for Neovim");

    private static final Set<String> KINDS = Set.of("console", "drl", "types", "layout", "sh");

    /** A checkout comes by a copy, and {@code ./blast} in it is what was built already. */
    private static final String GIT =
            """
            #!/bin/sh
            mkdir blast && cp -R "$CHECKOUT/examples" blast/ && ln -s "$DIST/bin/blast" blast/blast
            rm -rf blast/examples/*/.venv blast/examples/*/pylock.toml
            """;

    private static final Pattern TYPE =
            Pattern.compile("\\b(?<type>[A-Z][a-z]\\w+)(?:\\.(?<method>\\w+))?");

    private static final int NO_LAYER = 69;
    private static final Pattern LESS_THAN_FULL = Pattern.compile("sandbox +(none|without)");

    /** Where the folders that a layout names are in these sessions. */
    private static final Map<String, String> ROOTS =
            Map.of(
                    "PROJECT", "work/hello",
                    "$XDG_DATA_HOME", "home/.local/share",
                    "$XDG_STATE_HOME", "home/.local/state",
                    "$XDG_CACHE_HOME", "home/.cache",
                    "$XDG_CONFIG_HOME", "home/.config");

    private static final PathMatcher OWN_FOLDERS =
            FileSystems.getDefault()
                    .getPathMatcher(
                            "glob:{**/.venv/.blast,home/**/blast,home/**/environments/[!.]*}");

    @TempDir Path folder;

    @TestFactory
    Stream<DynamicTest> whatTheReadmeShowsHappens() throws Exception {
        return replayed(Guide.read("README.md"));
    }

    @TestFactory
    Stream<DynamicTest> whatTheExampleShowsHappens() throws Exception {
        return replayed(Guide.read("examples/shop/README.md"));
    }

    @TestFactory
    Stream<DynamicTest> whatIsShownOfTheKernelHappens() throws Exception {
        return replayed(Guide.read("docs/enforcing.md"));
    }

    @TestFactory
    Stream<DynamicTest> whatIsShownOfEnvironmentsHappens() throws Exception {
        return replayed(Guide.read("docs/environments.md"));
    }

    /** No document has a block that nothing looks at. */
    @Test
    void everyBlockIsReplayedOrSaysThatItIsNot() throws IOException {
        Map<String, Integer> count = new HashMap<>();
        for (Path document : documents()) {
            String name = ROOT.relativize(document).toString();
            Guide guide = Guide.read(name);
            long fences =
                    Files.readString(document).lines().filter(it -> it.startsWith("```")).count();
            assertThat(guide.blocks()).as("blocks of %s", name).hasSize((int) fences / 2);
            for (Guide.Block block : guide.blocks()) {
                if (!ELSEWHERE.containsKey(name)) {
                    assertThat(KINDS).as("%s:%d", name, block.line()).contains(block.kind());
                }
                count.merge(block.kind().equals("sh") ? "not replayed" : name, 1, Integer::sum);
            }
        }
        System.out.println("blocks replayed: " + new TreeMap<>(count));
        assertThat(count)
                .containsOnlyKeys(
                        "README.md",
                        "examples/shop/README.md",
                        "docs/diagnostics.md",
                        "docs/editors.md",
                        "docs/enforcing.md",
                        "docs/environments.md",
                        "docs/policies.md",
                        "docs/solving.md",
                        "not replayed");
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files =
                Files.find(
                        ROOT,
                        3,
                        (path, _) ->
                                path.toString().endsWith(".md")
                                        && !path.toString().contains("/target/")
                                        && !path.toString().contains("/.venv/"))) {
            return files.sorted().toList();
        }
    }

    /** A test for each block, of what its session said. */
    private Stream<DynamicTest> replayed(Guide guide) throws Exception {
        run(guide);
        List<DynamicTest> tests = new ArrayList<>();
        for (Guide.Block block : guide.blocks()) {
            tests.add(
                    dynamicTest(
                            "%s:%d, %s".formatted(guide.name(), block.line(), block.kind()),
                            () -> {
                                switch (block.kind()) {
                                    case "console" -> compare(guide, block);
                                    case "types" -> assertAreTypes(block.text());
                                    case "layout" -> assertIsOnDisk(block.text());
                                    default -> {}
                                }
                            }));
        }
        return tests.stream();
    }

    private void run(Guide guide) throws Exception {
        Shell.script(folder.resolve("tools/git"), GIT);
        Files.createSymbolicLink(
                folder.resolve("tools/blast"),
                Path.of(System.getProperty("blast.dist"), "bin/blast"));
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(folder.resolve("said"));
        try (LoopbackIndex index = index()) {
            var shell =
                    new Shell(
                            Files.createDirectories(folder.resolve("work")),
                            Map.of(
                                    "PATH",
                                    folder.resolve("tools") + ":/usr/bin:/bin",
                                    "HOME",
                                    home.toString(),
                                    "JAVA_HOME",
                                    System.getProperty("java.home"),
                                    "CHECKOUT",
                                    ROOT.toString(),
                                    "DIST",
                                    System.getProperty("blast.dist"),
                                    "SAID",
                                    folder.resolve("said").toString(),
                                    "PIP_CONFIG_FILE",
                                    "/dev/null",
                                    "PIP_INDEX_URL",
                                    index.url(),
                                    "LC_ALL",
                                    "C.UTF-8"));
            Shell.Ended ended = shell.run("/bin/bash", "-c", script(guide));
            assumeFalse(ended.status() == NO_LAYER, ended.err());
            assertThat(ended.status()).as("%s%s", ended.out(), ended.err()).isZero();
        }
    }

    /** The whole session: what each command says, and how it ends, goes to files. */
    private static String script(Guide guide) {
        var script = new StringBuilder("last=0\n");
        for (Guide.Block block : guide.blocks()) {
            if ("before".equals(block.note())) {
                script.append("{ ").append(block.about()).append("; } || exit $?\n");
            } else if ("file".equals(block.note())) {
                script.append("cat >%s <<'end of the file'\n".formatted(block.about()))
                        .append(block.text())
                        .append("end of the file\n");
            }
            if (!block.kind().equals("console")) {
                continue;
            }
            int number = 0;
            for (Guide.Command command : block.commands()) {
                script.append(
                        """
                        { (exit $last); %1$s
                        } >"$SAID/%2$d.%3$d" 2>&1; last=$?; echo $last >"$SAID/%2$d.%3$d.status"
                        """
                                .formatted(command.line(), block.line(), number++));
            }
        }
        return script.append("exit 0\n").toString();
    }

    private void compare(Guide guide, Guide.Block block) throws IOException {
        int number = 0;
        for (Guide.Command command : block.commands()) {
            Path file = folder.resolve("said").resolve(block.line() + "." + number++);
            // On a terminal a phase is shown while it lasts, elsewhere it is a line.
            String said = Files.readString(file).replaceAll("(?m)^[a-z]+ing[a-z ]*\n", "");
            String status = Files.readString(Path.of(file + ".status")).strip();
            assumeFalse(
                    status.equals("" + NO_LAYER) || LESS_THAN_FULL.matcher(said).find(),
                    "this kernel gives no full sandbox: " + said);
            String place = "%s:%d: %s".formatted(guide.name(), block.line(), command.line());
            if (command.shown().isEmpty()) {
                assertThat(status).as("%s\n%s", place, said).isEqualTo("0");
            } else if (!command.saidIn(said)) {
                assertThat(said).as(place).isEqualTo(command.shown());
            }
        }
    }

    /**
     * What such a block names with a capital letter are types; {@code Type.method} is there too.
     */
    private static void assertAreTypes(String text) throws IOException {
        for (Matcher each = TYPE.matcher(text); each.find(); ) {
            String file = each.group("type") + ".java";
            List<Path> found;
            try (Stream<Path> files = Files.walk(ROOT)) {
                found =
                        files.filter(path -> path.endsWith(file))
                                .filter(path -> path.toString().contains("/src/main/"))
                                .filter(path -> !path.toString().contains("/target/"))
                                .toList();
            }
            assertThat(found).as("the type %s", each.group()).hasSize(1);
            if (each.group("method") != null) {
                assertThat(found.getFirst()).content().contains(" " + each.group("method") + "(");
            }
        }
    }

    /**
     * Each name of such a block is on disk, unless its line says that it is there only at times;
     * and in Blast's own folders nothing else is.
     */
    private void assertIsOnDisk(String text) throws IOException {
        List<Path> there;
        try (Stream<Path> files = Files.walk(folder, 7)) {
            there = files.map(folder::relativize).filter(path -> path.getNameCount() > 1).toList();
        }
        List<PathMatcher> named = new ArrayList<>();
        List<String> above = new ArrayList<>();
        for (String line : text.lines().toList()) {
            above.subList((line.length() - line.stripLeading().length()) / 2, above.size()).clear();
            String around = String.join("", above);
            for (String name : line.strip().split(" {2,}", -1)[0].split(" ", -1)) {
                PathMatcher place = place(around + name);
                named.add(place);
                named.add(place(around + name.split("/", -1)[0]));
                if (!line.contains(" only ")) {
                    assertThat(there).as(line).anyMatch(place::matches);
                }
            }
            above.add(line.strip().split(" ", -1)[0]);
        }
        assertThat(there)
                .filteredOn(path -> OWN_FOLDERS.matches(path.getParent()))
                .filteredOn(path -> named.stream().noneMatch(place -> place.matches(path)))
                .as("not in the layout")
                .isEmpty();
    }

    private static PathMatcher place(String name) {
        String path = name.replaceAll("/$", "").replaceAll("\\b(KEY|ID)\\b", "*");
        for (Map.Entry<String, String> root : ROOTS.entrySet()) {
            path = path.replace(root.getKey(), root.getValue());
        }
        return FileSystems.getDefault().getPathMatcher("glob:" + path);
    }

    private static LoopbackIndex index() throws IOException, URISyntaxException {
        var index = new LoopbackIndex();
        Path list =
                Path.of(
                        Objects.requireNonNull(GuidesIT.class.getResource("guide-index.txt"))
                                .toURI());
        for (String line : Files.readAllLines(list)) {
            if (line.startsWith("#")) {
                continue;
            }
            List<String> parts = List.of(line.split("; ", -1));
            String[] name = parts.getFirst().split(" ", -1);
            TestWheel wheel =
                    TestWheel.of(
                            name[0],
                            name[1],
                            parts.subList(1, parts.size()).toArray(String[]::new));
            index.with(
                    name[0].equals("pytest")
                            ? wheel.saying("def main():\n    print('5 passed')\n")
                            : wheel);
        }
        return index;
    }
}
