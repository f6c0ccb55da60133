package dev.blast.rules.assist;

import dev.blast.rules.checked.NotYet;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.question.Questions;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Type;
import dev.blast.rules.vocabulary.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the words of the language mean, as Markdown, from its tables. */
final class Meanings {
    /** What stands before a pattern, a rule or its parts. */
    static final Map<String, String> KEYWORDS =
            Map.of(
                    "package", "a name that the rules of this file have in common",
                    "import", "the facts are there without",
                    "rule", "a rule: its name in quotes, its conditions, its answers",
                    "when", "the conditions: every one of them has to hold",
                    "then", "the answers where they do",
                    "end", "here the rule ends",
                    "not", "there is none of it; before an operator: it does not hold",
                    "exists", "there is at least one of it",
                    "and", "both hold, as do patterns one below the other",
                    "or", "one of the two holds");

    /** What stands behind {@code @}. */
    static final Map<String, String> ANNOTATIONS =
            Map.of(
                    "reason", "why this rule is there: what people read when they ask",
                    "owner", "whom to ask about it",
                    "help", "what to do where it denies",
                    "severity", "how bad it is, in a word",
                    "final", "of the system's policies alone: layers below open nothing more here");

    private Meanings() {}

    static String of(FactType fact) {
        var lines = new ArrayList<String>();
        lines.add("**%s**: %s".formatted(fact.name(), fact.meaning()));
        List<String> asked =
                Questions.ALL.stream()
                        .filter(question -> question.subjects().contains(fact))
                        .map(question -> "*%s*".formatted(question.words()))
                        .toList();
        if (!asked.isEmpty()) {
            lines.add("Rules about it answer " + String.join(" or ", asked));
        }
        lines.add("Fields: " + code(fact.fields().stream().map(Field::name).toList()));
        return whole(lines, fact.name());
    }

    static String of(FactType fact, Field field) {
        var lines = new ArrayList<String>();
        lines.add("**%s** of %s: %s".formatted(field.name(), fact.name(), field.type().shown()));
        lines.add(field.meaning());
        lines.add(values(field));
        lines.add(
                "Operators: "
                        + code(operators(field.type()).stream().map(Operator::written).toList()));
        for (String choice : field.choices()) {
            NotYet.about(new Rule.FieldOf(fact, field), choice)
                    .ifPresent(why -> lines.add("`%s` is **%s**".formatted(choice, why)));
        }
        return whole(lines, fact.name() + "." + field.name());
    }

    private static String values(Field field) {
        if (field.type() == Type.CHOICE) {
            return "One of " + code(field.choices());
        }
        return field.type().example().isEmpty() ? "" : "As in " + code(field.type().example());
    }

    private static String code(String examples) {
        return "`" + examples.replace(" or ", "` or `").replace(", \"", "`, `\"") + "`";
    }

    static List<Operator> operators(Type type) {
        return Arrays.stream(Operator.values()).filter(type::knows).toList();
    }

    static String of(Operator operator) {
        return "**%s**: %s%s"
                .formatted(
                        operator.written(),
                        operator.meaning().replace("*", "\\*"),
                        operator.isWord()
                                ? "\n\nThe contrary: `not %s`".formatted(operator.written())
                                : "");
    }

    static String of(Verb verb) {
        var lines = new ArrayList<String>();
        lines.add("**%s**".formatted(verb.signature()));
        lines.add(verb.meaning());
        lines.add(
                "It answers "
                        + Questions.ALL.stream()
                                .filter(question -> question.verbs().contains(verb))
                                .map(question -> "*%s*".formatted(question.words()))
                                .collect(Collectors.joining(" ")));
        for (Verb.Parameter parameter : verb.parameters()) {
            String as = parameter.type().example();
            lines.add(
                    "`%s`: %s%s"
                            .formatted(
                                    parameter.name(),
                                    parameter.type().shown(),
                                    as.isEmpty() ? "" : ", as in " + code(as)));
        }
        lines.add("It counts from " + verb.effect().countsFrom());
        return whole(lines, verb.name());
    }

    static String of(Objective objective) {
        return whole(
                new ArrayList<>(
                        List.of(
                                "**%s**: %s; less is better"
                                        .formatted(objective.word(), objective.counts()))),
                objective.word());
    }

    /** What rules about it answer, where none does. */
    static String of(Question question) {
        return "It answers *%s* Where no rule does: %s"
                .formatted(question.words(), question.otherwise());
    }

    private static String whole(List<String> lines, String word) {
        Optional<String> notYet = NotYet.about(word);
        notYet.ifPresent(it -> lines.add("**It is " + it + "**"));
        return lines.stream().filter(line -> !line.isEmpty()).collect(Collectors.joining("\n\n"));
    }

    static String code(List<String> words) {
        return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(" "));
    }
}
