package dev.blast.rules.assist;

import dev.blast.rules.parse.Bounds;
import dev.blast.rules.parse.Token;
import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.parse.Tokenizer;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Question;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The rules of a policy file, whole or not, and where their names and variables stand. */
public final class Outline {
    private final List<RuleStretch> rules;

    private Outline(List<RuleStretch> rules) {
        this.rules = rules;
    }

    /**
     * A rule.
     *
     * @param name without quotes and escapes
     * @param nameSpan with its quotes
     * @param question the name of the question that it answers; empty where that cannot be told
     */
    public record Entry(String name, Span nameSpan, Span span, String question) {}

    /** Of a text that is longer than a policy may be there is none. */
    public static Outline of(String text) {
        return new Outline(
                text.length() > Bounds.MAX_FILE
                        ? List.of()
                        : RuleStretch.in(Tokenizer.tokens(text)));
    }

    /** In their order. */
    public List<Entry> rules() {
        return rules.stream().map(Outline::entry).toList();
    }

    private static Entry entry(RuleStretch rule) {
        Token name = rule.name();
        return new Entry(
                CaseOutline.plain(name.text()),
                name.span(),
                rule.span(),
                rule.question().map(Question::name).orElse(""));
    }

    /** The rule whose name stands there. */
    public Optional<Entry> named(int offset) {
        return rules().stream().filter(it -> touches(it.nameSpan(), offset)).findFirst();
    }

    /** The rule that the place lies in. */
    public Optional<Entry> around(int offset) {
        return rules().stream().filter(it -> touches(it.span(), offset)).findFirst();
    }

    /**
     * Where the variable that stands there is written in its rule, its binding first; none where
     * there is no variable. In texts it is written too.
     */
    public List<Span> variable(int offset) {
        for (RuleStretch rule : rules) {
            for (String name : rule.written()) {
                List<Span> places = rule.places(name);
                if (places.stream().anyMatch(it -> touches(it, offset))) {
                    return places;
                }
            }
        }
        return List.of();
    }

    /** The strategies that rules compare one's name with, to say what it wants. */
    public SortedSet<String> strategies() {
        var names = new TreeSet<String>();
        strategyNames().forEach(token -> names.add(CaseOutline.plain(token.text())));
        return names;
    }

    /** Where rules that say what a strategy wants compare its name. */
    public List<Span> strategies(String name) {
        return strategyNames().stream()
                .filter(token -> CaseOutline.plain(token.text()).equals(name))
                .map(Token::span)
                .toList();
    }

    private List<Token> strategyNames() {
        return rules.stream()
                .filter(rule -> rule.facts().contains(Facts.STRATEGY))
                .flatMap(rule -> rule.tokens().stream().skip(2).takeWhile(it -> !it.is("then")))
                .filter(token -> token.kind() == Kind.TEXT)
                .toList();
    }

    /** The strategy that is used at a place; empty where none is. */
    public Optional<String> used(int offset) {
        for (RuleStretch rule : rules) {
            List<Token> answers = rule.answers();
            for (int i = 2; i < answers.size(); i++) {
                Token token = answers.get(i);
                if (token.kind() == Kind.TEXT
                        && answers.get(i - 2).is("use")
                        && touches(token.span(), offset)) {
                    return Optional.of(CaseOutline.plain(token.text()));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean touches(Span span, int offset) {
        return span.start() <= offset && offset <= span.end();
    }
}
