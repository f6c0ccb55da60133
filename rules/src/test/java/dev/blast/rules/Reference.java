package dev.blast.rules;

import dev.blast.rules.checked.NotYet;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.question.Questions;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Type;
import dev.blast.rules.vocabulary.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of the policy language as Markdown, from the tables in the code. */
final class Reference {
    private Reference() {}

    static String facts() {
        return Facts.ALL.stream().map(Reference::fact).collect(Collectors.joining("\n"));
    }

    private static String fact(FactType fact) {
        var out =
                new StringBuilder(
                        "**`%s`**: %s%n%n| Field | Type | Meaning |%n| --- | --- | --- |%n"
                                .formatted(fact.name(), meaning(fact.meaning(), fact.name())));
        for (Field field : fact.fields()) {
            String type =
                    field.type() == Type.CHOICE
                            ? code(field.choices())
                            : bare(field.type().shown());
            out.append("| `%s` | %s | %s |%n".formatted(field.name(), type, meaning(fact, field)));
        }
        return out.toString();
    }

    private static String meaning(String meaning, String word) {
        return Stream.of(Optional.of(meaning), NotYet.about(word).map(it -> "**" + it + "**"))
                .flatMap(Optional::stream)
                .filter(it -> !it.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String meaning(FactType fact, Field field) {
        var it = new Rule.FieldOf(fact, field);
        List<String> choices =
                field.choices().stream()
                        .filter(choice -> NotYet.about(it, choice).isPresent())
                        .toList();
        return meaning(field.meaning(), fact.name() + "." + field.name())
                + (choices.isEmpty() ? "" : "; **not yet in force**: " + code(choices));
    }

    static String objectives() {
        var out = new StringBuilder("| Objective | Counts; less is better |\n| --- | --- |\n");
        for (Objective it : Objective.values()) {
            out.append("| `%s` | %s |%n".formatted(it.word(), meaning(it.counts(), it.word())));
        }
        return out.toString();
    }

    static String questions() {
        var out =
                new StringBuilder(
                        "| Question | Subject | Verbs | When no rule answers |\n| --- | --- | --- | --- |\n");
        for (Question question : Questions.ALL) {
            out.append(
                    "| %s | %s | %s | %s |%n"
                            .formatted(
                                    question.words(),
                                    code(question.subjects().stream().map(FactType::name).toList()),
                                    code(question.verbs().stream().map(Verb::name).toList()),
                                    question.otherwise()));
        }
        return out.toString();
    }

    static String verbs() {
        var out = new StringBuilder("| Verb | Counts from | Meaning |\n| --- | --- | --- |\n");
        for (Verb verb : Questions.verbs()) {
            String from = verb.effect().countsFrom();
            out.append(
                    "| `%s` | %s | %s |%n"
                            .formatted(
                                    verb.signature(), from, meaning(verb.meaning(), verb.name())));
        }
        return out.toString();
    }

    static String operators() {
        var out =
                new StringBuilder(
                        "| Operator | Compares | Holds where the field |\n| --- | --- | --- |\n");
        for (Operator operator : Operator.values()) {
            List<String> types =
                    Arrays.stream(Type.values())
                            .filter(type -> type.knows(operator))
                            .map(type -> bare(type.shown()))
                            .toList();
            boolean everything = types.size() == Type.values().length - 1;
            out.append(
                    "| `%s` | %s | %s |%n"
                            .formatted(
                                    operator.written(),
                                    everything ? "everything but lists" : String.join(", ", types),
                                    operator.meaning().replace("*", "\\*")));
        }
        return out.toString();
    }

    static String literals() {
        var out = new StringBuilder("| Type | As in |\n| --- | --- |\n");
        for (Type type : Type.values()) {
            if (!type.example().isEmpty()) {
                out.append("| %s | `%s` |%n".formatted(bare(type.shown()), type.example()));
            }
        }
        return out.toString();
    }

    private static String bare(String shown) {
        return shown.replaceFirst("^an? ", "");
    }

    private static String code(List<String> words) {
        return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(" "));
    }
}
