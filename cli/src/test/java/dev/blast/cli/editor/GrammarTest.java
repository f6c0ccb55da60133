package dev.blast.cli.editor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.blast.rules.question.Questions;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The colours of the extension for VS Code are those of the language's tables. */
class GrammarTest {
    private static final Path EXTENSION =
            Path.of(System.getProperty("blast.root"), "editors/vscode");

    private static final Path GRAMMAR = EXTENSION.resolve("syntaxes/drl.tmLanguage.json");

    /** What a word of each kind is coloured as, in the order in which it is tried. */
    private static final Map<String, Collection<String>> WORDS = words();

    private static Map<String, Collection<String>> words() {
        var facts = new TreeSet<String>();
        var fields = new TreeSet<String>();
        var choices = new TreeSet<>(List.of("true", "false", "null"));
        for (FactType fact : Facts.ALL) {
            facts.add(fact.name());
            for (Field field : fact.fields()) {
                fields.add(field.name());
                choices.addAll(field.choices());
            }
        }
        var operators = new TreeSet<>(List.of("not"));
        Stream.of(Operator.values())
                .filter(Operator::isWord)
                .forEach(operator -> operators.add(operator.written()));
        List<String> keywords =
                List.of("package", "import", "rule", "when", "then", "end", "exists", "and", "or");
        fields.removeAll(keywords); // a relaxation has a package
        Map<String, Collection<String>> words = new LinkedHashMap<>();
        words.put("keyword.control.drl", keywords);
        words.put("keyword.operator.word.drl", operators);
        words.put("entity.name.type.drl", facts);
        words.put(
                "support.function.drl",
                new TreeSet<>(Questions.verbs().stream().map(Verb::name).toList()));
        words.put("constant.language.drl", choices);
        words.put("variable.other.property.drl", fields);
        return words;
    }

    private static JsonObject pattern(String name, String match) {
        var pattern = new JsonObject();
        pattern.addProperty("name", name);
        pattern.addProperty("match", match);
        return pattern;
    }

    private static JsonObject stretch(String name, String begin, String end) {
        var pattern = new JsonObject();
        pattern.addProperty("name", name);
        pattern.addProperty("begin", begin);
        pattern.addProperty("end", end);
        return pattern;
    }

    private static JsonObject grammar() {
        var all = new JsonArray();
        all.add(pattern("comment.line.double-slash.drl", "//.*$"));
        all.add(stretch("comment.block.drl", "/\\*", "\\*/"));
        JsonObject text = stretch("string.quoted.double.drl", "\"", "\"|$");
        var inside = new JsonArray();
        inside.add(pattern("variable.other.drl", "\\$\\{\\$[A-Za-z_][A-Za-z0-9_.]*\\}"));
        inside.add(pattern("constant.character.escape.drl", "\\\\."));
        text.add("patterns", inside);
        all.add(text);
        all.add(pattern("storage.type.annotation.drl", "@(final|help|owner|reason|severity)\\b"));
        all.add(pattern("variable.other.drl", "\\$[A-Za-z_][A-Za-z0-9_]*"));
        all.add(pattern("constant.numeric.drl", "\\b[0-9]+(\\.[0-9]+)?\\b"));
        WORDS.forEach(
                (name, words) -> all.add(pattern(name, "\\b(" + String.join("|", words) + ")\\b")));
        all.add(pattern("keyword.operator.drl", "==|!=|<=|>=|&&|\\|\\||[<>+*/:-]"));
        var grammar = new JsonObject();
        grammar.addProperty("scopeName", "source.drl");
        grammar.addProperty("name", "Blast policy");
        grammar.add("patterns", all);
        return grammar;
    }

    @Test
    void theGrammarIsMadeFromTheTablesOfTheLanguage() throws IOException {
        String made =
                new GsonBuilder()
                                .setPrettyPrinting()
                                .disableHtmlEscaping()
                                .create()
                                .toJson(grammar())
                        + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GRAMMAR, made);
        }
        assertThat(Files.readString(GRAMMAR))
                .as("%s (write anew with -Dgolden.update=true)", GRAMMAR)
                .isEqualTo(made);
    }

    @Test
    void everyWordOfTheLanguageHasItsColour() throws IOException {
        for (var kind : WORDS.entrySet()) {
            for (String word : kind.getValue()) {
                assertThat(colour(word)).as(word).isEqualTo(kind.getKey());
            }
        }
        assertThat(colour("\"host\"")).isEqualTo("string.quoted.double.drl");
        assertThat(colour("// host")).isEqualTo("comment.line.double-slash.drl");
        assertThat(colour("@reason(")).isEqualTo("storage.type.annotation.drl");
        assertThat(colour("hosts")).as("no part of a word").isEmpty();
        assertThat(colour("salience")).as("what is not in the language").isEmpty();
    }

    /** Of what begins a line, as an editor finds it: the first pattern that matches there. */
    private static String colour(String line) throws IOException {
        JsonObject grammar = JsonParser.parseString(Files.readString(GRAMMAR)).getAsJsonObject();
        for (JsonElement each : grammar.getAsJsonArray("patterns")) {
            JsonObject pattern = each.getAsJsonObject();
            String begin = pattern.get(pattern.has("match") ? "match" : "begin").getAsString();
            Matcher matcher = Pattern.compile(begin).matcher(line);
            if (matcher.lookingAt()) {
                return pattern.get("name").getAsString();
            }
        }
        return "";
    }

    @Test
    void theExtensionNamesItsFilesAndStartsThisServer() throws IOException {
        JsonObject extension =
                JsonParser.parseString(Files.readString(EXTENSION.resolve("package.json")))
                        .getAsJsonObject();
        JsonObject contributes = extension.getAsJsonObject("contributes");
        for (String list : List.of("grammars", "languages")) {
            JsonObject first = contributes.getAsJsonArray(list).get(0).getAsJsonObject();
            String named =
                    first.get(list.equals("grammars") ? "path" : "configuration").getAsString();
            assertThat(
                            JsonParser.parseString(Files.readString(EXTENSION.resolve(named)))
                                    .isJsonObject())
                    .as(named)
                    .isTrue();
        }
        assertThat(EXTENSION.resolve(extension.get("main").getAsString())).isRegularFile();
        assertThat(Files.readString(EXTENSION.resolve("extension.js")))
                .contains("args: [\"policy\", \"lsp\"]");
    }
}
