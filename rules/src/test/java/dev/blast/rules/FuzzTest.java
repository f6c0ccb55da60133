package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.PolicyFile;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Files that nobody would write: loading says what is wrong with them, at a place that exists, and
 * loses no rule.
 */
final class FuzzTest {
    private static final String[] PIECES = {
        "rule \"x\"",
        "when",
        "then",
        "end",
        "(",
        ")",
        "{",
        "}",
        "\"",
        "'",
        "\\",
        "$x",
        "${",
        ",",
        ";",
        ":",
        ".",
        "&&",
        "||",
        "not",
        "exists",
        "or",
        "and",
        "from",
        "eval(true)",
        "//",
        "/*",
        "*/",
        "\n",
        "\t",
        " ",
        "443",
        "0x1",
        "1e9",
        "@final",
        "@reason(\"x\")",
        "salience 1",
        "allow();",
        "deny();",
        "Connection( )",
        "Session(",
        "host",
        "==",
        "glob",
        "in (",
        "null",
        "true",
        "\u00e9",
        "\u2028",
        "\uD83D\uDE00",
        "\u0000",
        "#",
        "function",
        "package x",
        "import a.b;",
        "query",
        "\r\n",
        "end;",
        "modify",
        "System.exit(1);",
        "accumulate(",
        "~",
        "-",
        "\uFEFF"
    };

    /** A text in quotes or a comment, whichever comes first; rules inside them do not count. */
    private static final Pattern HIDDEN =
            Pattern.compile("\"(?:\\\\.|[^\"\\\\\\n])*\"|//[^\\n]*|(?s:/\\*.*?\\*/)");

    @Test
    void mutatedFiles() {
        List<PolicyFile> shipped = Fixtures.shipped();
        int loaded = 0;
        for (long seed = 0; seed < 3000; seed++) {
            var random = new Random(seed);
            String text = shipped.get(random.nextInt(shipped.size())).text();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                text = mutated(text, random);
            }
            loaded += check(seed, text) ? 1 : 0;
        }
        System.out.printf("fuzz: 3000 mutated files, %d of them still load%n", loaded);
        assertThat(loaded).isBetween(100, 2900);
    }

    @Test
    void heapsOfPieces() {
        for (long seed = 0; seed < 1500; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(PIECES[random.nextInt(PIECES.length)])
                        .append(random.nextBoolean() ? " " : "");
            }
            check(seed, text.toString());
        }
    }

    @Test
    void deepAndLongFiles() {
        for (String text :
                List.of(
                        "(".repeat(100_000),
                        "rule \"r\" when "
                                + "not ".repeat(50_000)
                                + "Connection( ) then allow(); end",
                        "rule \"r\" when Connection( port == "
                                + "(".repeat(50_000)
                                + "1 ) then allow(); end",
                        "rule \"r\" when Connection( port == 1 "
                                + "+ 1".repeat(20_000)
                                + " ) then allow(); end",
                        "rule \"r\" when Connection( ) "
                                + "or Connection( ) ".repeat(5_000)
                                + "then allow(); end",
                        "/*".repeat(100_000),
                        "\"".repeat(100_000),
                        "x".repeat(600_000))) {
            check(0, text);
        }
    }

    /** Answers whether it loads. */
    private static boolean check(long seed, String text) {
        Loading[] loading = new Loading[1];
        assertThatCode(() -> loading[0] = Policy.load(List.of(Fixtures.file(text))))
                .as("seed %d: %s", seed, shown(text))
                .doesNotThrowAnyException();
        List<String> lines = List.of(text.split("\n", -1));
        return switch (loading[0]) {
            case Loading.Loaded(Policy policy) -> {
                assertThatCode(policy::warnings)
                        .as("seed %d: %s", seed, shown(text))
                        .doesNotThrowAnyException();
                assertThat(policy.rules())
                        .as("seed %d: %s", seed, shown(text))
                        .hasSize(rules(text));
                yield true;
            }
            case Loading.Refused(List<Diagnostic> errors) -> {
                assertThat(errors)
                        .isNotEmpty()
                        .allSatisfy(error -> {
                            assertThat(error.line())
                                    .as("seed %d: %s", seed, error)
                                    .isBetween(1, lines.size());
                            assertThat(error.column())
                                    .as("seed %d: %s", seed, error)
                                    .isBetween(1, lines.get(error.line() - 1).length() + 1);
                            assertThat(error.render()).isNotEmpty();
                        });
                yield false;
            }
        };
    }

    private static String shown(String text) {
        return text.length() > 2000 ? text.substring(0, 200) + "…" : text;
    }

    /** Counted in another way than by any of the parsers. */
    private static int rules(String text) {
        Matcher matcher = HIDDEN.matcher(text);
        String visible = matcher.replaceAll(it -> it.group().startsWith("\"") ? "\"\"" : " ");
        int count = 0;
        Matcher rule = Pattern.compile("(?<![\\w$])rule\\s*\"\"").matcher(visible);
        while (rule.find()) {
            count++;
        }
        return count;
    }

    private static String mutated(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + 1 + random.nextInt(12));
        String piece = PIECES[random.nextInt(PIECES.length)];
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at) + piece + text.substring(at);
            case 1 -> text.substring(0, at) + text.substring(to);
            case 2 -> text.substring(0, at) + piece + text.substring(to);
            case 3 -> text.substring(0, at) + text.substring(at, to).repeat(2) + text.substring(to);
            default -> {
                int other = random.nextInt(text.length() + 1);
                yield text.substring(0, Math.min(at, other)) + text.substring(Math.max(at, other));
            }
        };
    }
}
