package dev.blast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How a line looks (docs/style.md), where a text is enough to tell; other tools hold the rest. */
final class LineTest {
    private static final Path ROOT = Path.of(System.getProperty("blast.root"));

    /** What is written in this manner from end to end. */
    private static final List<String> WHOLE =
            List.of(
                    "cli/src/main",
                    "index/src/main",
                    "packaging/src/main",
                    "toml/src/main",
                    "environment/src/main/java/dev/blast/environment/change",
                    "environment/src/main/java/dev/blast/environment/health",
                    "environment/src/main/java/dev/blast/environment/install",
                    "environment/src/main/java/dev/blast/environment/interpreter",
                    "environment/src/main/java/dev/blast/environment/project");

    /**
     * A letter that stands for a character or an exception, and two that are compared, say enough.
     */
    private static final Map<String, String> REFUSED =
            Map.of(
                    "a local of a type that its new says again",
                    "^ {8,}(?!var )([A-Z][\\w.]*)(<.*>)? \\w+ = new (\\1\\(|\\w+<>\\()",
                    "a lambda's parameter of one letter",
                    "(?<![\\w'])(?<!\\w, )[abdf-z] ->",
                    "a comment behind a statement that the formatter has broken",
                    "; *//[^\\n]*\\n\\s+// ");

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void noLineHas(String what, String pattern) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources(WHOLE)) {
            String text = Files.readString(file);
            for (Matcher each = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
                    each.find(); ) {
                found.add(ROOT.relativize(file) + ": " + each.group().strip());
            }
        }
        assertThat(found).as(what).isEmpty();
    }

    /** A shipped policy says first what it is about, and each of its rules why. */
    @Test
    void aShippedPolicyBeginsWithItsSentenceAndEachRuleHasItsReason() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("policies"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".drl")).toList()) {
                assertThat(file).content().containsPattern("\\Apackage blast\\.\\w+\n\n// [A-Z]");
                assertThat(file)
                        .content()
                        .doesNotContainPattern("rule \"[^\"]*\"\\s+(?!@reason)\\S");
            }
        }
    }

    static Stream<Arguments> refused() {
        return REFUSED.entrySet().stream().map(it -> Arguments.of(it.getKey(), it.getValue()));
    }

    private static List<Path> sources(List<String> folders) throws IOException {
        List<Path> all = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(path -> path.toString().endsWith(".java")).sorted().forEach(all::add);
            }
        }
        return all;
    }
}
