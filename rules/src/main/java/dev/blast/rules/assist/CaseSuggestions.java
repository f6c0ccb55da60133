package dev.blast.rules.assist;

import dev.blast.rules.assist.Suggestion.Kind;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.rules.vocabulary.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What fits at a place of a test file, and what is to be said of one. */
public final class CaseSuggestions {
    private static final Map<String, String> KEYS = keys();

    private static final Map<String, String> THINGS =
            Map.of(
                    "read", "whether a session may read a path",
                    "write", "whether it may write one",
                    "access", "what it sees of a path",
                    "syscall", "whether it may make a system call",
                    "variable", "what it inherits",
                    "limit", "how much of something it gets",
                    "Strategy", "what a strategy wants");

    private static final Pattern ASKED =
            Pattern.compile("(?m)^[ \\t]*ask[ \\t]*=[ \\t]*\\{[ \\t]*([A-Za-z]+)");

    private static final Pattern LETTERS = Pattern.compile("[A-Za-z]+");

    private final String text;
    private final int offset;
    private final CaseLine line;
    private final KnownNames known;
    private final Collection<String> rules;
    private final List<Suggestion> found = new ArrayList<>();

    private CaseSuggestions(String text, int offset, KnownNames known, Collection<String> rules) {
        this.text = text;
        this.offset = offset;
        this.line = CaseLine.at(text, offset);
        this.known = known;
        this.rules = rules;
    }

    private static Map<String, String> keys() {
        var keys = new LinkedHashMap<String, String>();
        keys.put("name", "what the case is about");
        keys.put("session", "who asks, where that matters: fields of Session");
        keys.put("installed", "what is installed: fields of Distribution, or a lock");
        keys.put("ask", "what is asked for: a fact, or a thing of the session");
        keys.put("expect", "what has to come out");
        keys.put("because", "the rule that has to be among the deciding ones");
        return keys;
    }

    /**
     * What may stand there.
     *
     * @param rules the names of the rules that a case may name
     */
    public static List<Suggestion> at(
            String text, int offset, KnownNames known, Collection<String> rules) {
        var suggestions = new CaseSuggestions(text, offset, known, rules);
        suggestions.add();
        return List.copyOf(suggestions.found);
    }

    private void add() {
        Optional<FactType> fact = line.fact();
        switch (line.key()) {
            case "" -> {
                KEYS.forEach((key, meaning) -> put(Kind.KEYWORD, key, meaning, key + " = ", ""));
                put(
                        Kind.SNIPPET,
                        "[[case]]",
                        "a case",
                        "[[case]]\nname   = \"",
                        "\"\nask    = {  }\nexpect = \"\"\n");
            }
            case "because" -> rules.forEach(this::value);
            case "expect" -> expected().forEach(this::value);
            case "ask" -> {
                if (line.table().equals("ask") && line.field().isEmpty()) {
                    asked();
                } else {
                    fact.ifPresent(this::inside);
                }
            }
            default -> fact.ifPresent(this::inside);
        }
    }

    private void asked() {
        for (FactType type : Facts.ALL) {
            if (!type.equals(Facts.SESSION)
                    && !type.equals(Facts.DISTRIBUTION)
                    && !type.equals(Facts.STRATEGY)) {
                put(Kind.FACT, type.name(), type.meaning(), type.name() + " = { ", " }");
            }
        }
        THINGS.keySet().stream()
                .sorted()
                .forEach(thing ->
                        put(
                                Kind.KEYWORD,
                                thing,
                                THINGS.getOrDefault(thing, ""),
                                thing + " = \"",
                                "\""));
    }

    /** A field, or a value of one. */
    private void inside(FactType fact) {
        Field given = fact.field(line.field()).orElse(null);
        if (given == null) {
            fact.fields()
                    .forEach(field ->
                            put(
                                    Kind.FIELD,
                                    field.name(),
                                    field.meaning().isEmpty()
                                            ? field.type().shown()
                                            : field.meaning(),
                                    field.name() + " = ",
                                    ""));
        } else if (given.type() == Type.FLAG) {
            put(Kind.VALUE, "true", "", "true", "");
            put(Kind.VALUE, "false", "", "false", "");
        } else {
            given.choices().forEach(this::value);
            if (given.type() == Type.NAME) {
                known.packages().forEach(this::value);
            }
        }
    }

    /** By what the case asks for. */
    private Collection<String> expected() {
        String thing = "";
        int begin =
                CaseOutline.cases(text).stream()
                        .filter(it -> it < offset)
                        .reduce((_, last) -> last)
                        .orElse(0);
        int end =
                CaseOutline.cases(text).stream()
                        .filter(it -> it >= offset)
                        .findFirst()
                        .orElse(text.length());
        Matcher asked = ASKED.matcher(text.substring(begin, end));
        if (asked.find()) {
            thing = asked.group(1);
        }
        return switch (thing) {
            case "read", "write", "syscall" -> List.of("allow", "deny");
            case "access" -> List.of("hidden", "temporary", "writable", "readable", "absent");
            case "variable" -> List.of("pass", "absent");
            case "limit" -> List.of("none");
            case "Strategy" -> Objective.words();
            case "Sync", "Requirement" -> known.strategies();
            case "Relaxation" -> List.of("none", "deny");
            case "Violation" -> List.of("record", "warn", "freeze", "stop");
            default -> List.of("allow", "deny", "hold", "warn");
        };
    }

    private void value(String value) {
        String quote = line.isInText() ? "" : "\"";
        put(
                Kind.VALUE,
                value,
                "",
                quote + value.replace("\\", "\\\\").replace("\"", "\\\"") + quote,
                "");
    }

    private void put(Kind kind, String label, String detail, String before, String behind) {
        found.add(
                new Suggestion(
                        kind, label, detail, "", line.word(), before + behind, before.length()));
    }

    /** What is to be said of a word that somebody points at; empty where that is nothing. */
    public static Optional<Saying> telling(String text, int offset) {
        return LETTERS.matcher(text)
                .results()
                .filter(it -> it.start() <= offset && offset < it.end())
                .findFirst()
                .flatMap(it -> {
                    CaseLine line = CaseLine.at(text, it.start());
                    String word = it.group();
                    Optional<String> said =
                            line.isInText()
                                    ? Optional.empty()
                                    : line.key().isEmpty()
                                            ? Optional.ofNullable(KEYS.get(word))
                                            : line.table().equals("ask")
                                                    ? Facts.named(word)
                                                            .map(Meanings::of)
                                                            .or(() ->
                                                                    Optional.ofNullable(
                                                                            THINGS.get(word)))
                                                    : line.fact()
                                                            .flatMap(fact ->
                                                                    fact.field(word)
                                                                            .map(field ->
                                                                                    Meanings.of(
                                                                                            fact,
                                                                                            field)));
                    return said.map(what -> new Saying(new Span(it.start(), it.end()), what));
                });
    }
}
