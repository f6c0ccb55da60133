package dev.blast.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layouts as people, formatters and enemies write them. */
class TomlEditorTest {

    static Stream<Arguments> removals() {
        return Stream.of(
                removal("one line", "d = ['a', 'b', 'c']", 1, "d = ['a', 'c']"),
                removal("first of a line", "d = ['a', 'b', 'c']", 0, "d = ['b', 'c']"),
                removal("last of a line", "d = ['a', 'b', 'c'] # x", 2, "d = ['a', 'b'] # x"),
                removal("last with a comma", "d = [ 'a', 'b', ]", 1, "d = [ 'a', ]"),
                removal("the only one", "d = [\"a\"]", 0, "d = []"),
                removal("the only one with a comma", "d = [ \"a\", ]", 0, "d = [ ]"),
                removal(
                        "a line",
                        "d = [\n  'a',\n  'b',\n  'c',\n]",
                        1,
                        "d = [\n  'a',\n  'c',\n]"),
                removal("the last line", "d = [\n 'a',\n 'b'\n]", 1, "d = [\n 'a'\n]"),
                removal("the first line", "d = [\n 'a',\n 'b'\n]", 0, "d = [\n 'b'\n]"),
                removal(
                        "its comment goes, others stay",
                        "d = [ # all\n  # of a\n  'a', # a, 'a'\n  # of b\n  'b', # b ] '\n  # end\n]",
                        1,
                        "d = [ # all\n  # of a\n  'a', # a, 'a'\n  # of b\n  # end\n]"),
                removal(
                        "CRLF",
                        "d = [\r\n\t'a', # x\r\n\t'b',\r\n]\r\n",
                        0,
                        "d = [\r\n\t'b',\r\n]\r\n"),
                removal(
                        "leading commas",
                        "d = [\n    'a'\n  , 'b'\n  , 'c'\n]",
                        1,
                        "d = [\n    'a'\n  , 'c'\n]"),
                removal(
                        "the last leading comma",
                        "d = [\n  'a'\n , 'b' # b\n]",
                        1,
                        "d = [\n  'a'\n]"),
                removal(
                        "a comma that has a line of its own",
                        "d = [\n'a'\n,\n'b'\n]",
                        1,
                        "d = [\n'a'\n]"),
                removal(
                        "what closes follows on the line",
                        "d = ['a', 'b',\n  'c'] # d",
                        2,
                        "d = ['a', 'b'] # d"),
                removal(
                        "two on a line with a comment for both",
                        "d = ['a', 'b', # both\n  'c']",
                        1,
                        "d = ['a', # both\n  'c']"),
                removal("behind a table", "d = [{g = 'x, ]'}, 'b']", 1, "d = [{g = 'x, ]'}]"),
                removal("an array of arrays", "d = [['a', ']'], ['b'],]", 0, "d = [['b'],]"),
                removal("a table", "d = ['a', {g = \"}\"}, 'c']", 1, "d = ['a', 'c']"),
                removal("numbers", "d = [1, 2.5, 3 ]", 1, "d = [1, 3 ]"),
                removal("the last number", "d = [1, 2]#", 1, "d = [1]#"),
                removal(
                        "quotes in quotes",
                        "d = [\"a; m == 'x'\", 'b \"],[\"', '''c''']",
                        1,
                        "d = [\"a; m == 'x'\", '''c''']"),
                removal(
                        "escaped quotes",
                        "d = [\"a\\\"\", \"b\\\\\", \"c\"]",
                        1,
                        "d = [\"a\\\"\", \"c\"]"),
                removal(
                        "five quotes at an end",
                        "d = [\"\"\"a\"\"\"\"\", '''b''''', 'c']",
                        0,
                        "d = ['''b''''', 'c']"),
                removal(
                        "a text over lines",
                        "d = [\n  \"\"\"\nb\\\n   c\"\"\", # x\n  'd',\n]",
                        0,
                        "d = [\n  'd',\n]"),
                removal("an inline table around", "t = {d = ['a', 'b'], e = 1}", 1, null),
                removal(
                        "after wide letters",
                        "# 🐍🐍\nd = ['🐍a', 'b', 'ü']",
                        1,
                        "# 🐍🐍\nd = ['🐍a', 'ü']"),
                removal("at the end of the text", "d = [\n'a'\n,'b']", 1, "d = [\n'a'\n]"));
    }

    private static Arguments removal(
            String what, String before, int place, @Nullable String after) {
        return Arguments.of(what, before, place, after);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("removals")
    void takesAnElementOut(String what, String before, int place, @Nullable String after)
            throws Exception {
        TomlEditor editor = TomlEditor.of("x.toml", before);
        if (after == null) {
            assertThat(editor.remove("t", "d", place).orElseThrow().text())
                    .isEqualTo("t = {d = ['a'], e = 1}");
            assertThat(editor.remove("t", "d", 7)).isEmpty();
            assertThat(editor.remove("t", "e")).isEmpty();
            return;
        }
        List<Object> left = new ArrayList<>((List<?>) editor.values().get("d"));
        left.remove(place);
        TomlEditor edited = editor.remove("d", place).orElseThrow();
        assertThat(edited.text()).isEqualTo(after);
        assertThat(edited.values()).isEqualTo(Map.of("d", left));
    }

    @Test
    void aPartOfATextBecomesAnotherInWhateverQuotes() throws Exception {
        for (String quoted :
                List.of(
                        "'a<1; b'",
                        "\"a<1; b\"",
                        "'''a<1; b'''",
                        "\"\"\"a<1; b\"\"\"",
                        "\"\"\"\n\\\n  a<1; b\"\"\"",
                        "\"\\u0061<1\\u003b b\"")) {
            String before = "# ü🐍\r\n[p]\r\nd = [ 'x', %s, ] # 'a<1; b'\r\n".formatted(quoted);
            TomlEditor editor = TomlEditor.of("x.toml", before);
            TomlEditor edited = editor.splice(1, 3, ">=2,<3", "p", "d", 1).orElseThrow();
            assertThat(edited.text()).isEqualTo(before.replaceFirst("<1", ">=2,<3"));
            assertThat(edited.values())
                    .isEqualTo(Map.of("p", Map.of("d", List.of("x", "a>=2,<3; b"))));
            assertThat(editor.splice(1, 9, "", "p", "d", 1)).isEmpty();
            assertThat(editor.splice(1, 3, "'", "p", "d", 1)).isEmpty();
            assertThat(editor.splice(0, 0, "x", "p", "d")).isEmpty();
            assertThat(editor.splice(0, 0, "x", "p", "e", 1)).isEmpty();
        }
    }

    @Test
    void aTextBehindAKeyBecomesAnother() throws Exception {
        for (String keyed :
                List.of("k = 'was'", "'k'=\t\"was\" # was", "x = 1\n\"k\" = '''was'''")) {
            String before = "[[t]]\n%s\n[[t]]\nu = { 'a=b' = 1, k = 'was' }\n".formatted(keyed);
            TomlEditor edited =
                    TomlEditor.of("x.toml", before)
                            .splice(0, 3, "is", "t", 0, "k")
                            .orElseThrow()
                            .splice(0, 3, "is", "t", 1, "u", "k")
                            .orElseThrow();
            assertThat(edited.text())
                    .isEqualTo(before.replaceFirst("was", "is").replace("'was' }", "'is' }"));
        }
    }

    /** The law: exactly the element is gone, and every comment on another line is still there. */
    @Test
    void whateverTheLayoutExactlyTheElementIsGone() throws Exception {
        int tried = 0;
        for (long seed = 0; seed < 3000; seed++) {
            var random = new Random(seed);
            String text = anyArray(random);
            TomlEditor editor;
            try {
                editor = TomlEditor.of("x.toml", text);
            } catch (TomlException e) {
                continue; // the parser knows no comment and line end before a comma
            }
            tried++;
            List<Object> left = new ArrayList<>((List<?>) editor.values().get("d"));
            int place = random.nextInt(left.size());
            left.remove(place);
            TomlEditor edited = editor.remove("d", place).orElseThrow();
            assertThat(edited.values())
                    .as("seed %d: %s → %s", seed, text, edited.text())
                    .isEqualTo(Map.of("d", left));
            long comments = text.chars().filter(c -> c == '#').count();
            assertThat(edited.text().chars().filter(c -> c == '#').count())
                    .as("seed %d: %s → %s", seed, text, edited.text())
                    .isBetween(comments - 1, comments);
        }
        assertThat(tried).isGreaterThan(1000);
    }

    private static String anyArray(Random random) {
        var text = new StringBuilder("d = [");
        int size = 1 + random.nextInt(4);
        for (int i = 0; i < size; i++) {
            text.append(anyTrivia(random));
            String element =
                    switch (random.nextInt(6)) {
                        case 0 -> "'e%d'";
                        case 1 -> "\"e%d, ] \\\" \"";
                        case 2 -> "'''e%d]\n'''";
                        case 3 -> "{g = 'e%d'}";
                        case 4 -> "['e%d', [1,],]";
                        default -> "\"\"\"e%d\"\" \"\"\"";
                    };
            text.append(element.formatted(i));
            text.append(anyTrivia(random));
            if (i + 1 < size || random.nextBoolean()) {
                text.append(',');
            }
        }
        return text.append(anyTrivia(random)).append("]").toString();
    }

    private static String anyTrivia(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> " ";
            case 1 -> "\n  ";
            case 2 -> "  # , ] '\n";
            case 3 -> "\r\n\t# x\r\n";
            default -> "";
        };
    }
}
