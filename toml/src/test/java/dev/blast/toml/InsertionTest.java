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

/** New texts look as their neighbours do. */
class InsertionTest {
    static Stream<Arguments> insertions() {
        return Stream.of(
                insertion("an empty array", "d = []", 0, "d = [\n    \"x\",\n]"),
                insertion("an empty array with blanks", "d = [ ]", 0, "d = [\n    \"x\",\n]"),
                insertion(
                        "as other arrays are indented",
                        "e = [\n  'a',\n]\nd = []\n",
                        0,
                        "e = [\n  'a',\n]\nd = [\n  \"x\",\n]\n"),
                insertion(
                        "an empty array with a comment",
                        "d = [\n  # none yet\n]",
                        0,
                        "d = [\n  # none yet\n    \"x\",\n]"),
                insertion("one line", "d = ['a', 'b']", 2, "d = ['a', 'b', 'x']"),
                insertion("one element", "d = [ \"a\" ]", 1, "d = [ \"a\", \"x\" ]"),
                insertion("without blanks", "d = ['a','b']", 2, "d = ['a','b','x']"),
                insertion("a comma at the end", "d = ['a', 'b',]", 2, "d = ['a', 'b', 'x',]"),
                insertion("the first of a line", "d = ['a','b']", 0, "d = ['x','a','b']"),
                insertion("in a line", "d = ['a', 'b']", 1, "d = ['a', 'x', 'b']"),
                insertion(
                        "lines", "d = [\n\t'a',\n\t'b',\n]", 2, "d = [\n\t'a',\n\t'b',\n\t'x',\n]"),
                insertion(
                        "lines without a comma at the end",
                        "d = [\n  'a',\n  'b' # b\n]",
                        2,
                        "d = [\n  'a',\n  'b', # b\n  'x'\n]"),
                insertion(
                        "lines with comments",
                        "d = [ # all\n  'a', # a\n  # of b\n  'b', # ] '\n  # 'c',\n]",
                        2,
                        "d = [ # all\n  'a', # a\n  # of b\n  'b', # ] '\n  'x',\n  # 'c',\n]"),
                insertion(
                        "between lines",
                        "d = [\n  'a', # a\n  # of b\n  'b',\n]",
                        1,
                        "d = [\n  'a', # a\n  'x',\n  # of b\n  'b',\n]"),
                insertion(
                        "the first line",
                        "d = [\n  'a',\n  'b'\n]",
                        0,
                        "d = [\n  'x',\n  'a',\n  'b'\n]"),
                insertion(
                        "the bracket behind the last",
                        "d = ['a',\n     'b']",
                        2,
                        "d = ['a',\n     'b',\n     'x']"),
                insertion(
                        "leading commas",
                        "d = [\n    'a'\n  , 'b' # b\n]",
                        2,
                        "d = [\n    'a'\n  , 'b' # b\n  , 'x'\n]"),
                insertion(
                        "before leading commas",
                        "d = [\n    'a'\n  , 'b'\n]",
                        0,
                        "d = [\n    'x'\n  , 'a'\n  , 'b'\n]"),
                insertion(
                        "between leading commas",
                        "d = [\n    'a'\n  , 'b'\n]",
                        1,
                        "d = [\n    'a'\n  , 'x'\n  , 'b'\n]"),
                insertion(
                        "CRLF",
                        "d = [\r\n  'a', # a\r\n  'b'\r\n]\r\n",
                        2,
                        "d = [\r\n  'a', # a\r\n  'b',\r\n  'x'\r\n]\r\n"),
                insertion("CRLF, empty", "d = []\r\n", 0, "d = [\r\n    \"x\",\r\n]\r\n"),
                insertion("behind a table", "d = [{g = 'x, ]'}]", 1, "d = [{g = 'x, ]'}, \"x\"]"),
                insertion("long quotes", "d = ['''a''']", 1, "d = ['''a''', 'x']"),
                insertion("wide letters", "# 🐍\nd = ['🐍a']", 1, "# 🐍\nd = ['🐍a', 'x']"));
    }

    private static Arguments insertion(String what, String before, int place, String after) {
        return Arguments.of(what, before, place, after);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("insertions")
    void aTextEntersAnArray(String what, String before, int place, String after) throws Exception {
        TomlEditor editor = TomlEditor.of("x.toml", before);
        assertThat(editor.insert(place, "x", "d").orElseThrow().text()).isEqualTo(after);
        assertThat(editor.insert(7, "x", "d")).isEmpty();
        assertThat(editor.insert(0, "x", "e", 0)).isEmpty();
    }

    @Test
    void quotesAreKeptWhereTheyCanHoldTheText() throws Exception {
        TomlEditor editor = TomlEditor.of("x.toml", "d = [\"a\"]\ne = ['a']\n");
        assertThat(
                        editor.insert(1, "x; m == 'y'", "e")
                                .orElseThrow()
                                .insert(1, "x \"\\ '\u0001", "d")
                                .orElseThrow()
                                .text())
                .isEqualTo("d = [\"a\", \"x \\\"\\\\ '\\u0001\"]\ne = ['a', \"x; m == 'y'\"]\n");
        assertThat(editor.replace("b \"c\"", "d", 0).orElseThrow().text())
                .isEqualTo("d = ['b \"c\"']\ne = ['a']\n");
        assertThat(editor.replace("b", "d")).isEmpty();
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                put("[t]\na = 1 # a\n\n# of u\n[u]\n", "[t]\na = 1 # a\nk = [] \n\n# of u\n[u]\n"),
                put("[t]", "[t]\nk = [] \n"),
                put("[t]\r\n  a = '''\r\nb\r\n'''", "[t]\r\n  a = '''\r\nb\r\n'''\r\nk = [] \r\n"),
                put("[ 't' ] # t\n  a = 1\n", "[ 't' ] # t\n  a = 1\n  k = [] \n"),
                put("[t]\na = [\n  1,\n]\n[t.u]\n", "[t]\na = [\n  1,\n]\nk = [] \n[t.u]\n"),
                put("t = {}\n", "t = { k = []  }\n"),
                put("t = {a = 1 }\n", "t = {a = 1, k = []  }\n"),
                put("", "[t]\nk = [] \n"),
                put("a = 1", "a = 1\n\n[t]\nk = [] \n"),
                put("[u]\na = 1\n", "[u]\na = 1\n\n[t]\nk = [] \n"),
                put("[t.u]\na = 1\n", "[t.u]\na = 1\n\n[t]\nk = [] \n"),
                put("t.a = 1\n", "t.a = 1\nt.k = [] \n"),
                put("t.a = {b = 1}\nc = 1\n[u]", "t.a = {b = 1}\nt.k = [] \nc = 1\n[u]"),
                put("t.a.b = 1", "t.a.b = 1\nt.k = [] \n"),
                put("t = 1\n", null),
                put("[t]\nk = 1\n", null));
    }

    private static Arguments put(String before, @Nullable String after) {
        return Arguments.of(before, after);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aTableGetsAKey(String before, @Nullable String after) throws Exception {
        var edited = TomlEditor.of("x.toml", before).put("k", "[] ", List.of("t"), null);
        assertThat(edited.map(TomlEditor::text).orElse(null)).isEqualTo(after);
        if (after != null && before.startsWith("[") && before.contains("a")) {
            assertThat(edited.orElseThrow().take("k", List.of("t")).orElseThrow().text())
                    .startsWith(before);
        }
    }

    @Test
    void dottedKeysGetOneMore() throws Exception {
        String before = "[p]\r\na = 1\r\n  o.x = [\r\n    'a',\r\n  ] # x\r\nb = 2\r\n[q]\r\n";
        TomlEditor edited =
                TomlEditor.of("x.toml", before)
                        .put("y.z", "[]", List.of("p", "o"), "p")
                        .orElseThrow();
        assertThat(edited.text()).isEqualTo(before.replace("b = 2", "  o.\"y.z\" = []\r\nb = 2"));
        assertThat(
                        TomlEditor.of("x.toml", "p.o.x = []\n")
                                .put("y", "[]", List.of("p", "o"), "p")
                                .orElseThrow()
                                .text())
                .isEqualTo("p.o.x = []\np.o.y = []\n");
    }

    /** Where the table above it has no header either. */
    @Test
    void aTableComesIntoTheTableAboveIt() throws Exception {
        assertThat(
                        TomlEditor.of("x.toml", "p = { a = 1 }\n")
                                .put("y", "[]", List.of("p", "o"), "p")
                                .orElseThrow()
                                .text())
                .isEqualTo("p = { a = 1, o = { y = [] } }\n");
        assertThat(
                        TomlEditor.of("x.toml", "p.a = 1\nb = 1\n")
                                .put("y", "[]", List.of("p", "o"), "p")
                                .orElseThrow()
                                .text())
                .isEqualTo("p.a = 1\np.o.y = []\nb = 1\n");
    }

    @Test
    void aTableComesBehindTheKeysOfAnother() throws Exception {
        TomlEditor editor = TomlEditor.of("x.toml", "[p]\na = 1\n\n# of q\n[q]\nb = 1\n");
        assertThat(editor.put("dev", "[]", List.of("p", "o.x"), "p").orElseThrow().text())
                .isEqualTo("[p]\na = 1\n\n[p.\"o.x\"]\ndev = []\n\n# of q\n[q]\nb = 1\n");
        assertThat(editor.put("dev", "[]", List.of("p", "o"), "r").orElseThrow().text())
                .isEqualTo("[p]\na = 1\no.dev = []\n\n# of q\n[q]\nb = 1\n");
    }

    /** Whatever the layout, what was inserted is taken out without a trace. */
    @Test
    void insertedAndRemovedTheTextIsAsItWas() throws Exception {
        for (long seed = 0; seed < 3000; seed++) {
            var random = new Random(seed);
            String end = random.nextInt(4) == 0 ? "\r\n" : "\n";
            int size = random.nextInt(5);
            String text =
                    "# ü\n[p]\nd = %s\n[q]\n".formatted(array(random, size)).replace("\n", end);
            TomlEditor editor = TomlEditor.of("x.toml", text);
            int place = random.nextInt(size + 1);
            var inserted = editor.insert(place, "x>=1; y == 'z'", "p", "d");
            assertThat(inserted).as("seed %d: %s", seed, text).isPresent();
            var expected = new ArrayList<Object>(list(editor));
            expected.add(place, "x>=1; y == 'z'");
            assertThat(list(inserted.get())).as("seed %d", seed).isEqualTo(expected);
            assertThat(inserted.get().remove("p", "d", place).orElseThrow().text())
                    .as("seed %d, place %d", seed, place)
                    .isEqualTo(text);
        }
    }

    private static List<?> list(TomlEditor editor) {
        return editor.values().get("p") instanceof Map<?, ?> p && p.get("d") instanceof List<?> d
                ? d
                : List.of();
    }

    /** As people lay arrays out: in a line or in lines, with or without what need not be. */
    private static String array(Random random, int size) {
        if (size == 0) {
            return "[]";
        }
        String quote = random.nextBoolean() ? "'" : "\"";
        boolean lines = random.nextBoolean();
        boolean leading = lines && random.nextInt(4) == 0;
        boolean trailing = !leading && random.nextBoolean();
        String indent = random.nextBoolean() ? "    " : random.nextBoolean() ? "\t" : "";
        String pad = !lines && random.nextInt(3) == 0 ? " " : "";
        String gap = random.nextInt(4) == 0 ? "," : ", ";
        var text = new StringBuilder("[");
        for (int i = 0; i < size; i++) {
            String element =
                    quote + (char) ('a' + i) + (random.nextInt(3) == 0 ? ">=1" : "") + quote;
            boolean isLast = i == size - 1;
            if (!lines) {
                text.append(i == 0 ? pad : gap)
                        .append(element)
                        .append(isLast && trailing ? "," : "");
            } else {
                if (random.nextInt(4) == 0) {
                    text.append('\n').append(indent).append("# of ").append(i).append(" ], '");
                }
                text.append('\n').append(indent);
                text.append(leading ? i == 0 ? "  " : ", " : "").append(element);
                text.append(!leading && (!isLast || trailing) ? "," : "");
                text.append(random.nextInt(4) == 0 ? "  # a \" ]" : "");
            }
        }
        return text.append(lines ? "\n]" : pad + "]").toString();
    }
}
