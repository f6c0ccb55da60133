package dev.blast.rules.assist;

import dev.blast.rules.parse.Token;
import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.question.Questions;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words of one rule, whole or not: from {@code rule} up to the next one or the end of the file.
 *
 * @param tokens without the end of the file
 */
record RuleStretch(List<Token> tokens) {

    /** What a variable stands for: a fact, or one of its fields. */
    record Bound(FactType fact, @Nullable Field field) {}

    /** All rules of a file. */
    static List<RuleStretch> in(List<Token> tokens) {
        var rules = new ArrayList<RuleStretch>();
        int start = -1;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean begins = token.is("rule") && tokens.get(i + 1).kind() == Kind.TEXT;
            if ((begins || token.kind() == Kind.END) && start >= 0) {
                rules.add(new RuleStretch(tokens.subList(start, i)));
            }
            start = begins ? i : start;
        }
        return rules;
    }

    /** With its quotes. */
    Token name() {
        return tokens.get(1);
    }

    Span span() {
        int last = tokens.size() - 1;
        while (last > 1 && !tokens.get(last).is("end")) {
            last--;
        }
        return tokens.getFirst().span().to(tokens.get(last > 1 ? last : tokens.size() - 1).span());
    }

    /** The facts that its conditions mention. */
    Set<FactType> facts() {
        var facts = new LinkedHashSet<FactType>();
        for (int i = 0; i + 1 < tokens.size() && !tokens.get(i).is("then"); i++) {
            if (tokens.get(i + 1).is("(")) {
                Facts.named(tokens.get(i).text()).ifPresent(facts::add);
            }
        }
        return facts;
    }

    /** Empty where it mentions nothing, or what does not belong together. */
    Optional<Question> question() {
        Set<FactType> facts = facts();
        return facts.isEmpty() ? Optional.empty() : Question.mentioning(facts, Questions.ALL);
    }

    /** Its variables, where they are bound to what there is. */
    Map<String, Bound> variables() {
        var bound = new LinkedHashMap<String, Bound>();
        @Nullable FactType fact = null;
        for (int i = 0; i + 2 < tokens.size() && !tokens.get(i).is("then"); i++) {
            if (tokens.get(i + 1).is("(")) {
                fact = Facts.named(tokens.get(i).text()).orElse(fact);
            }
            if (tokens.get(i).kind() == Kind.VARIABLE && tokens.get(i + 1).is(":")) {
                String word = tokens.get(i + 2).text();
                @Nullable FactType whole = Facts.named(word).orElse(null);
                @Nullable Field field = fact == null ? null : fact.field(word).orElse(null);
                if (whole != null) {
                    bound.putIfAbsent(tokens.get(i).text(), new Bound(whole, null));
                } else if (fact != null && field != null) {
                    bound.putIfAbsent(tokens.get(i).text(), new Bound(fact, field));
                }
            }
        }
        return bound;
    }

    /** The variables that it mentions outside of texts. */
    Set<String> written() {
        var names = new LinkedHashSet<String>();
        tokens.stream()
                .filter(token -> token.kind() == Kind.VARIABLE)
                .forEach(token -> names.add(token.text()));
        return names;
    }

    /** Where a variable is written, in texts too; its binding first. */
    List<Span> places(String variable) {
        var places = new ArrayList<Span>();
        Pattern hole = Pattern.compile("(?<=\\$\\{)" + Pattern.quote(variable) + "(?=[.}])");
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == Kind.VARIABLE && token.text().equals(variable)) {
                boolean binds = i + 1 < tokens.size() && tokens.get(i + 1).is(":");
                places.add(binds ? 0 : places.size(), token.span());
            } else if (token.kind() == Kind.TEXT) {
                int start = token.span().start();
                hole.matcher(token.text())
                        .results()
                        .forEach(it -> places.add(new Span(start + it.start(), start + it.end())));
            }
        }
        return places;
    }

    /** What stands between {@code then} and {@code end}, as written. */
    List<Token> answers() {
        int then = 0;
        while (then < tokens.size() && !tokens.get(then).is("then")) {
            then++;
        }
        int end = then;
        while (end < tokens.size() && !tokens.get(end).is("end")) {
            end++;
        }
        return then < tokens.size() ? tokens.subList(then + 1, end) : List.of();
    }

    /** The text of an annotation, with its quotes; empty where there is none. */
    String annotation(String name) {
        for (int i = 2; i + 3 < tokens.size() && !tokens.get(i).is("when"); i++) {
            if (tokens.get(i).is("@") && tokens.get(i + 1).is(name) && tokens.get(i + 2).is("(")) {
                return tokens.get(i + 3).text();
            }
        }
        return "";
    }
}
