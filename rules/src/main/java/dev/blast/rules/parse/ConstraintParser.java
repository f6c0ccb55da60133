package dev.blast.rules.parse;

import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands between the parentheses of a pattern. A constraint that cannot be read is
 * reported and left out.
 */
final class ConstraintParser {
    /** Of one pattern: the engine takes them one inside the other. */
    private static final int MAX_COMPARISONS = 100;

    private final Cursor cursor;
    private final OperandParser operands;
    private int comparisons;

    ConstraintParser(Cursor cursor, OperandParser operands) {
        this.cursor = cursor;
        this.operands = operands;
    }

    /** The parenthesis is open already; it is closed afterwards. */
    List<Constraint> upToParenthesis() throws Flaw {
        comparisons = 0;
        List<Constraint> parts = new ArrayList<>();
        if (cursor.takeIf(")")) {
            return parts;
        }
        int depth = cursor.depth();
        int begin = cursor.place();
        boolean broken = false;
        do {
            try {
                parts.add(any());
                if (!cursor.at(",") && !cursor.at(")")) {
                    throw afterConstraint();
                }
            } catch (Flaw e) {
                broken = true;
                cursor.report(e);
                cursor.surface(depth);
                skipConstraint(begin);
            }
        } while (!cursor.problems().areEnough() && cursor.takeIf(","));
        if (!broken || cursor.at(")")) {
            cursor.expect(Code.MISSING_PARENTHESIS, ")", "after the constraints");
        }
        return List.copyOf(parts);
    }

    private Flaw afterConstraint() {
        Token found = cursor.peek();
        if (found.is(";")) {
            return cursor.problem(
                    Code.POSITIONAL_CONSTRAINT,
                    found.span(),
                    "constraints by position",
                    "name the field: port == 443");
        }
        if (found.is("or") || found.is("and")) {
            return cursor.problem(
                    Code.WORD_BETWEEN_CONSTRAINTS,
                    found.span(),
                    "'" + found.text() + "' between constraints",
                    "write " + (found.is("or") ? "||" : "&& or a comma") + " between constraints");
        }
        if (found.is("?")) {
            return cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    found.span(),
                    "a choice '? :' is not in the policy language",
                    "write two rules");
        }
        return cursor.unexpected(Code.MISSING_COMMA, "expected ',' or ')' after the constraint");
    }

    /**
     * Stops before the comma or parenthesis that ends the constraint, whatever is nested inside.
     */
    private void skipConstraint(int begin) {
        int open = cursor.open(begin);
        while (!cursor.atEnd() && !cursor.at("then") && !cursor.at("end")) {
            if (open == 0 && (cursor.at(",") || cursor.at(")"))) {
                return;
            }
            Token passed = cursor.take();
            open += passed.is("(") ? 1 : passed.is(")") ? -1 : 0;
        }
    }

    private Constraint any() throws Flaw {
        Span first = cursor.peek().span();
        List<Constraint> parts = new ArrayList<>(List.of(all()));
        while (cursor.takeIf("||")) {
            parts.add(all());
        }
        return parts.size() == 1
                ? parts.getFirst()
                : new Constraint.Any(cursor.since(first), List.copyOf(parts));
    }

    private Constraint all() throws Flaw {
        Span first = cursor.peek().span();
        List<Constraint> parts = new ArrayList<>(List.of(single()));
        while (cursor.takeIf("&&")) {
            parts.add(single());
        }
        return parts.size() == 1
                ? parts.getFirst()
                : new Constraint.All(cursor.since(first), List.copyOf(parts));
    }

    private Constraint single() throws Flaw {
        Token first = cursor.peek();
        if (cursor.takeIf("(")) {
            cursor.enter(first.span());
            Constraint inner = any();
            cursor.expect(Code.MISSING_PARENTHESIS, ")", "after the group");
            cursor.leave();
            return new Constraint.Group(cursor.since(first.span()), inner);
        }
        if (first.kind() == Kind.SYMBOL && Operator.of(first.text()).isPresent()) {
            throw cursor.problem(
                    Code.FIELD_EXPECTED,
                    first.span(),
                    "a comparison without its field",
                    "name the field again, or use in ( … )");
        }
        if (first.is("!")) {
            throw cursor.problem(
                    Code.NEGATED_FIELD,
                    first.span(),
                    "'!' before a constraint",
                    "compare with false: yanked == false");
        }
        @Nullable Token variable = null;
        if (first.kind() == Kind.VARIABLE) {
            if (!cursor.peek(1).is(":")) {
                throw cursor.problem(
                        Code.FIELD_EXPECTED,
                        first.span(),
                        "a constraint begins with a field",
                        "write the field first: name == " + first.text());
            }
            variable = cursor.take();
            cursor.take();
        }
        return comparison(first.span(), variable);
    }

    private Constraint comparison(Span first, @Nullable Token variable) throws Flaw {
        if (++comparisons > MAX_COMPARISONS) {
            throw cursor.problem(
                    Code.TOO_MANY,
                    first,
                    "more than " + MAX_COMPARISONS + " constraints in one pattern",
                    "write several rules, or in ( … )");
        }
        Token field = field();
        if (variable != null && (cursor.at(",") || cursor.at(")") || cursor.at("&&"))) {
            return new Constraint.Binding(cursor.since(first), variable, field);
        }
        Token sign = cursor.peek();
        boolean negated = cursor.takeIf("not");
        Token word = cursor.peek();
        Operator operator = operator(field, negated);
        List<Operand> values = operator == Operator.IN ? membership() : List.of(operands.operand());
        Span span = cursor.since(field.span());
        Span operatorSpan = sign.span().to(word.span());
        var comparison =
                new Constraint.Comparison(span, field, operator, negated, operatorSpan, values);
        if (variable == null) {
            return comparison;
        }
        Span whole = cursor.since(first);
        return new Constraint.All(
                whole,
                List.of(
                        new Constraint.Binding(first.to(field.span()), variable, field),
                        comparison));
    }

    private Token field() throws Flaw {
        Token field = cursor.peek();
        if (field.is("eval") && cursor.peek(1).is("(")) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    field.span(),
                    "'eval' is not in the policy language",
                    "write the constraint on a field: port == 443");
        }
        cursor.expect(Code.FIELD_EXPECTED, Kind.WORD, "a field, as in port == 443");
        if (cursor.at("(")) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    field.span(),
                    "a method call is not in the policy language",
                    "compare a field: port == 443");
        }
        if (cursor.at(".") || cursor.at("!.")) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    cursor.peek().span(),
                    "a field has no parts",
                    "compare the field itself; class names are not in the language");
        }
        if (cursor.at("[")) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    cursor.peek().span(),
                    "access by index is not in the policy language",
                    "use contains for a list");
        }
        return field;
    }

    private Operator operator(Token field, boolean negated) throws Flaw {
        Token word = cursor.peek();
        String why = Refusals.ofOperator(word.text());
        if (why != null && (word.kind() == Kind.WORD || word.kind() == Kind.SYMBOL)) {
            throw cursor.problem(
                    Code.UNKNOWN_OPERATOR, word.span(), "no operator '" + word.text() + "'", why);
        }
        Optional<Operator> operator = Operator.of(word.text());
        if (operator.isEmpty()) {
            if (word.is(",") || word.is(")") || word.is("&&") || word.is("||")) {
                throw cursor.problem(
                        Code.NOT_COMPARED,
                        field.span(),
                        "'" + field.text() + "' is not compared",
                        "write " + field.text() + " == true");
            }
            throw cursor.unexpected(
                    Code.OPERATOR_EXPECTED,
                    "expected an operator after '" + field.text() + "'",
                    "operators: == != < <= > >= in contains matches glob under within satisfies");
        }
        if (negated && !operator.get().isWord()) {
            throw cursor.problem(
                    Code.UNKNOWN_OPERATOR,
                    word.span(),
                    "'not' before '" + word.text() + "'",
                    "write the opposite operator");
        }
        cursor.take();
        return operator.get();
    }

    private List<Operand> membership() throws Flaw {
        cursor.expect(Code.MISSING_PARENTHESIS, "(", "after 'in'");
        List<Operand> values = new ArrayList<>();
        do {
            values.add(operands.operand());
        } while (cursor.takeIf(","));
        cursor.expect(Code.MISSING_PARENTHESIS, ")", "after the values of 'in'");
        return List.copyOf(values);
    }
}
