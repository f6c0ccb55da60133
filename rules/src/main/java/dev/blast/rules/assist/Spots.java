package dev.blast.rules.assist;

import dev.blast.rules.parse.Token;
import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.question.Questions;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.Verb;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a file expects behind some words, by walking through those of the rule that they
 * end in. What is wrong among them is passed over.
 */
final class Spots {
    private enum Section {
        HEAD,
        CONDITIONS,
        ANSWERS,
        FILE
    }

    /** A parenthesis that is open. */
    private static final class Open {
        /** The word before it, if it belongs to that word. */
        private final String name;

        /** The pattern that it is in. */
        private final @Nullable FactType fact;

        /** The words since the last separator in it. */
        private final List<Token> clause = new ArrayList<>();

        /** How many values stand before. */
        private int commas;

        Open(String name, @Nullable FactType fact) {
            this.name = name;
            this.fact = fact;
        }

        boolean isList() {
            return name.equals("in");
        }

        void add(Token token) {
            if (token.is(",")) {
                commas++;
            }
            if (!token.is(",") && !token.is("&&") && !token.is("||")) {
                clause.add(token);
            } else if (!isList()) {
                clause.clear();
            }
        }
    }

    private final RuleStretch rule;
    private final Deque<Open> open = new ArrayDeque<>();
    private Section section = Section.HEAD;
    private Token last;

    private Spots(RuleStretch rule) {
        this.rule = rule;
        last = rule.tokens().getFirst();
    }

    /**
     * What may stand behind them.
     *
     * @param before the words of a file up to a place
     */
    static Spot behind(List<Token> before) {
        int start = before.size() - 1;
        while (start >= 0 && !before.get(start).is("rule")) {
            start--;
        }
        if (start < 0) {
            return before.isEmpty() || !before.getLast().is("import")
                    ? new Spot.OfFile()
                    : new Spot.Elsewhere();
        }
        return new Spots(new RuleStretch(before.subList(start, before.size()))).spot();
    }

    private Spot spot() {
        for (int i = 1; i < rule.tokens().size(); i++) {
            take(rule.tokens().get(i), rule.tokens().get(i - 1));
        }
        return switch (section) {
            case FILE -> new Spot.OfFile();
            case HEAD -> head();
            case CONDITIONS -> conditions();
            case ANSWERS -> answers();
        };
    }

    private void take(Token token, Token before) {
        last = token;
        switch (token.kind() == Kind.WORD ? token.text() : "") {
            case "when" -> enter(Section.CONDITIONS);
            case "then" -> enter(Section.ANSWERS);
            case "end" -> enter(Section.FILE);
            default -> {
                if (token.is("(")) {
                    open.push(opened(before));
                } else if (token.is(")")) {
                    open.poll();
                } else if (token.is(";")) {
                    open.clear();
                } else if (!open.isEmpty()) {
                    open.element().add(token);
                }
            }
        }
    }

    private void enter(Section next) {
        section = next;
        open.clear();
    }

    private Open opened(Token before) {
        boolean isName = before.kind() == Kind.WORD;
        String name = isName ? before.text() : "";
        @Nullable FactType around = open.isEmpty() ? null : open.element().fact;
        if (around == null) {
            return new Open(name, Facts.named(name).orElse(null));
        }
        // the values of `in` go on with its clause, a group begins one
        var inner = new Open(name, around);
        if (inner.isList()) {
            inner.clause.addAll(open.element().clause);
        }
        return inner;
    }

    private Spot head() {
        if (last.is("@")) {
            return new Spot.OfAnnotation();
        }
        return open.isEmpty() && rule.tokens().size() > 1
                ? new Spot.OfHead()
                : new Spot.Elsewhere();
    }

    private Spot conditions() {
        if (last.is(".")) {
            return behindDot();
        }
        if (open.isEmpty() || open.element().fact == null) {
            boolean begins =
                    last.kind() == Kind.WORD || last.kind() == Kind.SYMBOL; // but $c and "…"
            return begins && !isUnknownFact() ? new Spot.OfConditions() : new Spot.Elsewhere();
        }
        return constraint(open.element());
    }

    /** Inside of a pattern whose fact there is not. */
    private boolean isUnknownFact() {
        return !open.isEmpty() && !open.element().name.isEmpty() && !isGroup(open.element().name);
    }

    private static boolean isGroup(String word) {
        return switch (word) {
            case "not", "exists", "and", "or", "when" -> true;
            default -> false;
        };
    }

    private Spot constraint(Open where) {
        FactType fact = where.fact;
        List<Token> clause = where.clause;
        if (fact == null) {
            return new Spot.Elsewhere();
        }
        if (clause.size() > 1 && clause.get(1).is(":")) {
            return clause.size() == 2
                    ? new Spot.OfFields(fact, false)
                    : operators(fact, clause.subList(2, clause.size()), where);
        }
        return clause.isEmpty() ? new Spot.OfFields(fact, true) : operators(fact, clause, where);
    }

    /**
     * Behind a field.
     *
     * @param words the field and what follows it
     */
    private static Spot operators(FactType fact, List<Token> words, Open where) {
        @Nullable Field field = fact.field(words.getFirst().text()).orElse(null);
        if (field == null) {
            return new Spot.Elsewhere();
        }
        int at = words.size() > 1 && words.get(1).is("not") ? 2 : 1;
        if (words.size() == at) {
            return new Spot.OfOperators(field, at == 2);
        }
        Optional<Operator> operator = Operator.of(words.get(at).text());
        boolean isList = where.isList();
        boolean follows = words.size() == at + 1 || (isList && where.commas > 0);
        return operator.isPresent() && (follows || isArithmetic(words.getLast()))
                ? new Spot.OfValues(fact, field, operator.get(), isList)
                : new Spot.Elsewhere();
    }

    private static boolean isArithmetic(Token token) {
        return token.is("+") || token.is("-") || token.is("*") || token.is("/");
    }

    private Spot answers() {
        if (last.is(".")) {
            return behindDot();
        }
        if (open.isEmpty()) {
            return last.is("then") || last.is(";") || last.is(")")
                    ? new Spot.OfAnswers()
                    : new Spot.Elsewhere();
        }
        Open call = open.element();
        for (Verb verb : Questions.verbs()) {
            Verb.@Nullable Parameter parameter = verb.at(call.commas);
            boolean begins = call.clause.isEmpty() || isArithmetic(call.clause.getLast());
            if (verb.name().equals(call.name) && parameter != null && begins) {
                return new Spot.OfArguments(verb, parameter);
            }
        }
        return new Spot.Elsewhere();
    }

    private Spot behindDot() {
        int dot = rule.tokens().size() - 1;
        RuleStretch.@Nullable Bound bound = rule.variables().get(rule.tokens().get(dot - 1).text());
        return bound == null || bound.field() != null
                ? new Spot.Elsewhere()
                : new Spot.OfFields(bound.fact(), false);
    }
}
