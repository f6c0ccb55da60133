package dev.blast.rules.assist;

import dev.blast.rules.assist.Suggestion.Kind;
import dev.blast.rules.question.Questions;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.SyscallNames;
import dev.blast.rules.vocabulary.Type;
import dev.blast.rules.vocabulary.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What fits at a place of a policy file. Which of it begins as the person does, an editor knows.
 */
public final class Suggestions {
    /** An amount that has no unit yet, or the beginning of one. */
    private static final Pattern AMOUNT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?[A-Za-z/]*");

    private static final List<String> PATHS = List.of("~/", "./", "/");

    private final Place place;
    private final KnownNames known;
    private final Span replaced;
    private final List<Suggestion> found = new ArrayList<>();

    private Suggestions(Place place, KnownNames known) {
        this.place = place;
        this.known = known;
        replaced = place.replaced();
    }

    /**
     * What may stand there, the likeliest first.
     *
     * @param offset of the place in the text
     */
    public static List<Suggestion> at(String text, int offset, KnownNames known) {
        var suggestions = new Suggestions(Place.typed(text, offset), known);
        suggestions.add(suggestions.place.spot());
        return List.copyOf(suggestions.found);
    }

    private void add(Spot spot) {
        if (place.isInText()) {
            switch (spot) {
                case Spot.OfValues it ->
                        inQuotes(it.field().type(), it.field().choices(), names(it));
                case Spot.OfArguments it ->
                        inQuotes(it.parameter().type(), it.parameter().choices(), names(it));
                default -> {}
            }
            return;
        }
        switch (spot) {
            case Spot.OfFile _ -> file();
            case Spot.OfHead _ -> head();
            case Spot.OfAnnotation _ ->
                    Meanings.ANNOTATIONS.keySet().stream().sorted().forEach(this::annotation);
            case Spot.OfConditions _ -> conditions();
            case Spot.OfFields it -> it.fact().fields().forEach(field -> field(it, field));
            case Spot.OfOperators it -> operators(it);
            case Spot.OfValues it -> values(it);
            case Spot.OfAnswers _ -> answers();
            case Spot.OfArguments it -> arguments(it);
            case Spot.Elsewhere _ -> {}
        }
    }

    private void file() {
        snippet("rule", "a rule", "rule \"", "\"\nwhen\n    \nthen\n    \nend\n");
        keyword("import");
        keyword("package");
    }

    private void head() {
        keyword("when");
        Meanings.ANNOTATIONS.keySet().stream()
                .sorted()
                .forEach(name -> {
                    boolean isBare = name.equals("final");
                    put(
                            Kind.KEYWORD,
                            "@" + name,
                            "annotation",
                            Meanings.ANNOTATIONS.getOrDefault(name, ""),
                            "@" + name + (isBare ? "" : "(\""),
                            isBare ? "" : "\")");
                });
    }

    private void annotation(String name) {
        boolean isBare = name.equals("final") || place.isFollowedBy("(");
        put(
                Kind.KEYWORD,
                name,
                "annotation",
                Meanings.ANNOTATIONS.getOrDefault(name, ""),
                name + (isBare ? "" : "(\""),
                isBare ? "" : "\")");
    }

    /** Facts that go together with those that the rule mentions, and words before patterns. */
    private void conditions() {
        Set<FactType> mentioned = place.rule().map(RuleStretch::facts).orElse(Set.of());
        for (FactType fact : Facts.ALL) {
            var together = new HashSet<>(mentioned);
            together.add(fact);
            boolean fits =
                    Questions.ALL.stream()
                            .anyMatch(question -> question.facts().containsAll(together));
            if (fits) {
                put(
                        Kind.FACT,
                        fact.name(),
                        fact.meaning(),
                        Meanings.of(fact),
                        fact.name() + (place.isFollowedBy("(") ? "" : "( "),
                        place.isFollowedBy("(") ? "" : " )");
            }
        }
        List.of("not", "exists", "and", "or", "then").forEach(this::keyword);
    }

    private void field(Spot.OfFields spot, Field field) {
        put(
                Kind.FIELD,
                field.name(),
                field.type().shown(),
                Meanings.of(spot.fact(), field),
                field.name(),
                "");
    }

    private void operators(Spot.OfOperators spot) {
        for (Operator operator : Meanings.operators(spot.field().type())) {
            boolean hasText =
                    !(spot.field().type() == Type.NUMBER
                            || spot.field().type() == Type.FLAG
                            || spot.field().type() == Type.CHOICE);
            if (!spot.negated() || operator.isWord()) {
                boolean isIn = operator == Operator.IN;
                String quote = hasText && !place.isFollowedBy("(") ? "\"" : "";
                String start = operator.written() + " " + (isIn ? "( " : "") + quote;
                put(
                        Kind.OPERATOR,
                        operator.written(),
                        operator.meaning(),
                        Meanings.of(operator),
                        start,
                        quote + (isIn ? " )" : ""));
            }
        }
        if (!spot.negated()) {
            put(Kind.OPERATOR, "not", "the contrary of the operator behind it", "", "not ", "");
        }
    }

    private void values(Spot.OfValues spot) {
        Type type = spot.field().type();
        if (spot.operator() == Operator.IN && !spot.isListed()) {
            put(Kind.SNIPPET, "( … )", "the values, with commas between them", "", "( ", " )");
            return;
        }
        literals(type, spot.field().choices(), names(spot));
        if (!spot.isListed()
                && (spot.operator() == Operator.EQUAL || spot.operator() == Operator.UNEQUAL)) {
            value("null", "not known");
        }
        boolean isFixed =
                switch (spot.operator()) {
                    case MATCHES, GLOB, WITHIN, SATISFIES -> true;
                    default -> false;
                };
        if (!isFixed) {
            variables(type);
        }
    }

    private void answers() {
        List<Verb> verbs =
                place.rule()
                        .flatMap(RuleStretch::question)
                        .map(Question::verbs)
                        .orElseGet(Questions::verbs);
        for (Verb verb : verbs) {
            boolean isCalled = place.isFollowedBy("(");
            boolean takes = !verb.parameters().isEmpty();
            put(
                    Kind.VERB,
                    verb.signature(),
                    verb.meaning(),
                    Meanings.of(verb),
                    verb.name() + (isCalled ? "" : takes ? "( " : "();"),
                    isCalled || !takes ? "" : " );");
        }
        keyword("end");
    }

    private void arguments(Spot.OfArguments spot) {
        Verb.Parameter parameter = spot.parameter();
        if (parameter.type() == Type.TEXT && names(spot).isEmpty()) {
            String holes = "A variable stands in it as `${$name}`";
            put(Kind.VALUE, "\"…\"", parameter.name(), holes, "\"", "\"");
        } else {
            literals(parameter.type(), parameter.choices(), names(spot));
        }
        variables(parameter.type());
    }

    /** A value as it is written, with its quotes. */
    private void literals(Type type, List<String> choices, Collection<String> names) {
        switch (type) {
            case FLAG -> List.of("true", "false").forEach(it -> value(it, ""));
            case CHOICE ->
                    choices.forEach(it -> value(isBare(it) ? it : '"' + it + '"', detail(it)));
            case PATH ->
                    PATHS.forEach(
                            it -> put(Kind.VALUE, '"' + it + "…\"", where(it), "", '"' + it, "\""));
            default -> names.forEach(it -> value('"' + it + '"', ""));
        }
        boolean isText =
                switch (type) {
                    case TEXT, HOST, NAME, VERSION, ADDRESS, SIZE, RATE, DURATION, SHARE, DATE ->
                            names.isEmpty();
                    default -> false;
                };
        if (isText && !type.example().isEmpty()) {
            put(Kind.VALUE, "\"…\"", type.shown() + ", as in " + type.example(), "", "\"", "\"");
        }
    }

    /** Objectives have hyphens, so that they are texts. */
    private static boolean isBare(String choice) {
        return choice.indexOf('-') < 0 && Character.isUpperCase(choice.charAt(0));
    }

    private static String detail(String choice) {
        return Objective.words().contains(choice) ? Objective.of(choice).counts() : "";
    }

    private static String where(String path) {
        return switch (path) {
            case "~/" -> "below the user's home";
            case "./" -> "below the project";
            default -> "from the root on";
        };
    }

    /** Inside of quotes. */
    private void inQuotes(Type type, List<String> choices, Collection<String> names) {
        String written =
                place.text().substring(replaced.start(), Math.min(place.offset(), replaced.end()));
        int hole = written.lastIndexOf("${");
        if (hole >= 0 && written.indexOf('}', hole) < 0) {
            int start = replaced.start() + hole;
            place.rule()
                    .ifPresent(rule ->
                            rule.variables()
                                    .keySet()
                                    .forEach(it ->
                                            found.add(
                                                    new Suggestion(
                                                            Kind.VARIABLE,
                                                            "${" + it + "}",
                                                            "",
                                                            "",
                                                            new Span(start, place.offset()),
                                                            "${" + it + "}",
                                                            it.length() + 3))));
            return;
        }
        Matcher amount = AMOUNT.matcher(written);
        if (amount.matches()) {
            type.units()
                    .forEach(unit -> {
                        String whole = amount.group(1) + " " + unit;
                        put(Kind.VALUE, whole, type.shown(), "", whole, "");
                    });
        }
        choices.forEach(it -> put(Kind.VALUE, it, detail(it), "", it, ""));
        names.forEach(it -> put(Kind.VALUE, it, "", "", it, ""));
        if (type == Type.PATH && written.isEmpty()) {
            PATHS.forEach(it -> put(Kind.VALUE, it, where(it), "", it, ""));
        }
    }

    private Collection<String> names(Spot.OfValues spot) {
        if (spot.fact().equals(Facts.STRATEGY)) {
            return known.strategies();
        }
        return spot.field().type() == Type.NAME ? known.packages() : Set.of();
    }

    private Collection<String> names(Spot.OfArguments spot) {
        return switch (spot.verb().name()) {
            case "use" -> known.strategies();
            case "allowSyscalls", "denySyscalls" -> new TreeSet<>(SyscallNames.ALL);
            default -> Set.of();
        };
    }

    /** Those that stand for a value of the type, and facts that have a field of it. */
    private void variables(Type type) {
        @Nullable RuleStretch rule = place.rule().orElse(null);
        if (rule == null) {
            return;
        }
        rule.variables()
                .forEach((name, bound) -> {
                    Field field = bound.field();
                    boolean fits =
                            field == null
                                    ? bound.fact().fields().stream()
                                            .anyMatch(it -> type.comparesWith(it.type()))
                                    : type.comparesWith(field.type());
                    if (fits) {
                        String what =
                                field == null
                                        ? bound.fact().name()
                                        : "%s of %s".formatted(field.name(), bound.fact().name());
                        put(Kind.VARIABLE, name, what, "", name + (field == null ? "." : ""), "");
                    }
                });
    }

    private void keyword(String word) {
        put(Kind.KEYWORD, word, Meanings.KEYWORDS.getOrDefault(word, ""), "", word, "");
    }

    private void value(String written, String detail) {
        put(Kind.VALUE, written, detail, "", written, "");
    }

    private void snippet(String label, String detail, String before, String behind) {
        put(Kind.SNIPPET, label, detail, "", before, behind);
    }

    private void put(
            Kind kind, String label, String detail, String meaning, String before, String behind) {
        found.add(
                new Suggestion(
                        kind, label, detail, meaning, replaced, before + behind, before.length()));
    }
}
