package dev.blast.rules.parse;

import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands between {@code when} and {@code then}: patterns, {@code not}, {@code exists},
 * {@code and}, {@code or}.
 */
final class ConditionParser {
    /** Of one rule. What is joined of so many is never answered in time. */
    private static final int MAX_PATTERNS = 100;

    private final Cursor cursor;
    private final ConstraintParser constraints;
    private int patterns;

    ConditionParser(Cursor cursor, OperandParser operands) {
        this.cursor = cursor;
        constraints = new ConstraintParser(cursor, operands);
    }

    /** Conditions one after another mean the same as {@code and} between them. */
    Condition conditions() throws Flaw {
        patterns = 0;
        Span first = cursor.peek().span();
        List<Condition> parts = new ArrayList<>();
        while (!cursor.at("then") && !cursor.at("end") && !cursor.atEnd()) {
            parts.add(alternatives());
        }
        return new Condition.And(parts.isEmpty() ? first : cursor.since(first), List.copyOf(parts));
    }

    private Condition alternatives() throws Flaw {
        Span first = cursor.peek().span();
        List<Condition> parts = new ArrayList<>(List.of(conjunction()));
        while (cursor.takeIf("or")) {
            parts.add(conjunction());
        }
        refuseInfix("||", "or");
        return parts.size() == 1
                ? parts.getFirst()
                : new Condition.Or(cursor.since(first), List.copyOf(parts));
    }

    private Condition conjunction() throws Flaw {
        Span first = cursor.peek().span();
        List<Condition> parts = new ArrayList<>(List.of(single()));
        while (cursor.takeIf("and")) {
            parts.add(single());
        }
        refuseInfix("&&", "and");
        return parts.size() == 1
                ? parts.getFirst()
                : new Condition.And(cursor.since(first), List.copyOf(parts));
    }

    private void refuseInfix(String symbol, String word) throws Flaw {
        if (cursor.at(symbol)) {
            throw cursor.problem(
                    Code.SIGN_BETWEEN_PATTERNS,
                    cursor.peek().span(),
                    "'" + symbol + "' between patterns",
                    "write '" + word + "' between patterns");
        }
    }

    private Condition single() throws Flaw {
        Token first = cursor.peek();
        cursor.enter(first.span());
        Condition condition;
        if (cursor.takeIf("not")) {
            Condition inner = negated(first);
            condition = new Condition.Not(cursor.since(first.span()), inner);
        } else if (cursor.takeIf("exists")) {
            Condition inner = negated(first);
            condition = new Condition.Exists(cursor.since(first.span()), inner);
        } else if (cursor.takeIf("(")) {
            condition = group(first);
        } else {
            condition = pattern();
        }
        cursor.leave();
        return condition;
    }

    /** What stands behind not and exists: one pattern, or a group. */
    private Condition negated(Token word) throws Flaw {
        if (cursor.at("not") || cursor.at("exists")) {
            String next = cursor.peek().text();
            throw cursor.problem(
                    Code.DOUBLE_NEGATION,
                    word.span().to(cursor.peek().span()),
                    "'" + next + "' right behind '" + word.text() + "'",
                    "write " + word.text() + " ( " + next + " Fact( ) )");
        }
        return single();
    }

    private Condition group(Token open) throws Flaw {
        if (cursor.at("and") || cursor.at("or")) {
            Token word = cursor.peek();
            throw cursor.problem(
                    Code.MISPLACED_WORD,
                    open.span().to(word.span()),
                    "'" + word.text() + "' stands before its parts",
                    "write it between them: ( A( ) " + word.text() + " B( ) )");
        }
        Condition inner = alternatives();
        cursor.expect(Code.MISSING_PARENTHESIS, ")", "after the group");
        return inner;
    }

    private Condition pattern() throws Flaw {
        Token first = cursor.peek();
        if (++patterns > MAX_PATTERNS) {
            throw cursor.problem(
                    Code.TOO_MANY,
                    first.span(),
                    "more than " + MAX_PATTERNS + " patterns in one rule",
                    "write several rules, or in ( … )");
        }
        @Nullable Token binding = null;
        if (first.kind() == Kind.VARIABLE) {
            binding = cursor.take();
            cursor.expect(Code.UNEXPECTED, ":", "after '" + binding.text() + "'");
        }
        refuse();
        Token fact =
                cursor.expect(
                        Code.UNEXPECTED, Kind.WORD, "a fact, as in Connection( port == 443 )");
        if (cursor.at(":")) {
            throw cursor.problem(
                    Code.VARIABLE_NAME,
                    fact.span(),
                    "a variable begins with '$'",
                    "write $" + fact.text());
        }
        if (cursor.at(".")) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    fact.span(),
                    "a fact is named by one word",
                    "class names are not in the policy language");
        }
        cursor.expect(Code.MISSING_PARENTHESIS, "(", "after '" + fact.text() + "'");
        List<Constraint> parts = constraints.upToParenthesis();
        Span span = cursor.since(first.span());
        refuse();
        return new Condition.Pattern(span, binding, fact, parts);
    }

    private void refuse() throws Flaw {
        Token word = cursor.peek();
        String name = word.is("entry") && cursor.peek(1).is("-") ? "entry-point" : word.text();
        String why = word.kind() == Kind.WORD ? Refusals.ofCondition(name) : null;
        if (word.is("?")) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    word.span(),
                    "a query is not in the policy language",
                    "mention the fact itself");
        }
        if (word.is("/")) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    word.span(),
                    "a path into facts is not in the policy language",
                    "mention the fact itself");
        }
        if (word.is("@")) {
            throw cursor.problem(
                    Code.MISPLACED_ANNOTATION,
                    word.span(),
                    "an annotation of a pattern",
                    "annotations stand above 'when'");
        }
        if (why != null) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    word.span(),
                    "'" + name + "' is not in the policy language",
                    why);
        }
    }
}
