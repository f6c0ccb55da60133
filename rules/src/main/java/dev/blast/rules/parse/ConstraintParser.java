package dev.blast.rules.parse;

import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final OperatorParser operators;
    private final Habits habits;

    /** Where variables are put that a constraint would have bound, had it been read. */
    private final Set<String> lost;

    private int comparisons;

    /** Field and operator of the comparison that was read last. */
    private String compared = "";

    ConstraintParser(Cursor cursor, OperandParser operands, Set<String> lost) {
        this.cursor = cursor;
        this.operands = operands;
        operators = new OperatorParser(cursor);
        habits = new Habits(cursor);
        this.lost = lost;
    }

    /** The parenthesis is open already; it is closed afterwards. */
    List<Constraint> upToParenthesis() throws Flaw {
        comparisons = 0;
        compared = "";
        List<Constraint> parts = new ArrayList<>();
        if (cursor.takeIf(")")) {
            return parts;
        }
        int depth = cursor.depth();
        int begin = cursor.place();
        boolean more = true;
        while (more && !cursor.problems().areEnough()) {
            int start = cursor.place();
            try {
                if (!isStrayComma()) {
                    parts.add(any());
                }
                more = goesOn();
            } catch (Flaw e) {
                cursor.report(e);
                cursor.surface(depth);
                skipConstraint(begin, start);
                more = cursor.takeIf(",");
                if (!more && !cursor.at(")")) {
                    return List.copyOf(parts);
                }
            }
        }
        cursor.takeIf(")");
        return List.copyOf(parts);
    }

    /** Reported; where a constraint follows it is passed over. */
    private boolean isStrayComma() {
        if (cursor.at(")") && cursor.lastIs(",")) {
            Span comma = cursor.last();
            cursor.report(
                    cursor.problem(
                                    Code.FIELD_EXPECTED,
                                    comma,
                                    "no constraint stands behind the ','",
                                    "take it out")
                            .mendedBy(cursor.source().correction(comma, "")));
            return true;
        }
        if (cursor.at(",")) {
            cursor.takeStray(
                    Code.FIELD_EXPECTED, "no constraint stands before the ','", "take it out");
        }
        return false;
    }

    /** Behind a constraint: whether another one follows. */
    private boolean goesOn() throws Flaw {
        if (cursor.takeIf(",")) {
            return true;
        }
        if (cursor.at(")")) {
            return false;
        }
        Token found = cursor.peek();
        if ((found.is("or") || found.is("and")) && habits.isSecondValue(compared)) {
            return goesOn();
        }
        if (found.is("or") || found.is("and")) {
            String sign = found.is("or") ? "||" : "&&";
            cursor.report(
                    cursor.problem(
                                    Code.WORD_BETWEEN_CONSTRAINTS,
                                    found.span(),
                                    "'" + found.text() + "' between constraints",
                                    "write "
                                            + (found.is("or") ? "||" : "&& or a comma")
                                            + " between constraints")
                            .mendedBy(cursor.source().correction(found.span(), sign)));
            cursor.take();
            return true;
        }
        if (beginsConstraint()) {
            cursor.report(
                    cursor.missing(
                            Code.MISSING_COMMA, ",", "expected ',' or ')' after the constraint"));
            return true;
        }
        if (cursor.atEndOfConditions() || beginsCondition()) {
            cursor.report(
                    cursor.missing(
                            Code.MISSING_PARENTHESIS,
                            " )",
                            "expected ',' or ')' after the constraint"));
            return false;
        }
        throw afterConstraint(found);
    }

    private boolean beginsConstraint() {
        return (cursor.at(Kind.WORD) && isOperator(cursor.peek(1)))
                || (cursor.at(Kind.VARIABLE) && cursor.peek(1).is(":") && !cursor.peek(3).is("("));
    }

    private boolean beginsCondition() {
        boolean fact = cursor.at(Kind.WORD) && cursor.peek(1).is("(");
        return cursor.atNewLine()
                && (fact
                        || cursor.at("not")
                        || cursor.at("exists")
                        || (cursor.at(Kind.VARIABLE) && cursor.peek(1).is(":")));
    }

    private static boolean isOperator(Token token) {
        return Operator.of(token.text()).isPresent() || token.is("=") || token.is("not");
    }

    private Flaw afterConstraint(Token found) {
        if (found.is(";")) {
            return cursor.problem(
                    Code.POSITIONAL_CONSTRAINT,
                    found.span(),
                    "constraints by position",
                    "name the field: port == 443");
        }
        if (found.is("?")) {
            return cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    found.span(),
                    "a choice '? :' is not in the policy language",
                    "write two rules");
        }
        if (isOperator(found)) {
            return cursor.problem(
                    Code.CHAINED_COMPARISON,
                    found.span(),
                    "a second " + found.shown() + " in one comparison",
                    "write two constraints: port > 1000, port < 2000");
        }
        return cursor.missing(Code.MISSING_COMMA, "expected ',' or ')' after the constraint");
    }

    /**
     * Stops before the comma or parenthesis that ends the constraint, whatever is nested inside.
     */
    private void skipConstraint(int begin, int start) {
        int open = cursor.open(begin);
        lost.addAll(cursor.variablesSince(start));
        while (!cursor.atEndOfConditions()) {
            if (open <= 0 && (cursor.at(",") || cursor.at(")"))) {
                return;
            }
            if (cursor.place() > start && beginsCondition()) {
                return;
            }
            Token passed = cursor.take();
            if (passed.kind() == Kind.VARIABLE) {
                lost.add(passed.text());
            }
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
        if (cursor.atEndOfConditions()) {
            throw cursor.missing(Code.FIELD_EXPECTED, "expected a field, as in port == 443");
        }
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
        if (first.is("!") || (first.is("not") && !cursor.peek(1).is("("))) {
            throw habits.negated(first);
        }
        if (first.kind() == Kind.NUMBER || first.kind() == Kind.TEXT) {
            throw habits.valueFirst(first);
        }
        @Nullable Token variable = null;
        if (first.kind() == Kind.VARIABLE) {
            variable = cursor.take();
            colon(variable);
        } else if (habits.bindsAWord()) {
            variable = habits.withDollar(cursor.take());
            cursor.take();
        }
        return comparison(first.span(), variable);
    }

    private void colon(Token variable) throws Flaw {
        if (cursor.takeIf(":")) {
            return;
        }
        if ((cursor.at("=") || cursor.at(":=")) && cursor.peek(1).kind() == Kind.WORD) {
            Span sign = cursor.peek().span();
            cursor.report(
                    cursor.problem(
                                    Code.VARIABLE_FIRST,
                                    sign,
                                    cursor.peek().shown() + " binds no variable",
                                    "write " + variable.text() + " : " + cursor.peek(1).text())
                            .mendedBy(cursor.source().correction(sign, ":")));
            cursor.take();
            return;
        }
        Token sign = cursor.peek();
        Token field = cursor.peek(1);
        Optional<Operator> operator = Operator.of(sign.text());
        Flaw flaw =
                cursor.problem(
                        Code.VARIABLE_FIRST,
                        variable.span(),
                        "a constraint begins with a field",
                        "write the field first: name == " + variable.text());
        if (operator.isEmpty() || operator.get().isWord() || field.kind() != Kind.WORD) {
            throw flaw;
        }
        String turned = field.text() + " " + Habits.turned(operator.get()) + " " + variable.text();
        throw flaw.mendedBy(cursor.source().correction(variable.span().to(field.span()), turned));
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
        boolean negated = habits.takesNot();
        Token word = cursor.peek();
        Operator written = operators.operator(field, negated);
        compared = cursor.source().text(field.span().to(word.span()));
        Operator operator = habits.ofList(written, word);
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
            throw habits.parts(field);
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

    private List<Operand> membership() throws Flaw {
        if (cursor.at("[") || cursor.at("{")) {
            return bracketed();
        }
        if (cursor.at(Kind.NUMBER) || cursor.at(Kind.TEXT) || cursor.at(Kind.VARIABLE)) {
            return bare();
        }
        cursor.expect(Code.MISSING_PARENTHESIS, "(", "after 'in'");
        List<Operand> values = values();
        cursor.expect(Code.MISSING_PARENTHESIS, ")", "after the values of 'in'");
        return values;
    }

    private List<Operand> values() throws Flaw {
        List<Operand> values = new ArrayList<>();
        do {
            values.add(operands.operand());
        } while (cursor.takeIf(","));
        return List.copyOf(values);
    }

    /** Values without parentheses, up to what looks like a field. */
    private List<Operand> bare() throws Flaw {
        Span first = cursor.peek().span();
        List<Operand> values = new ArrayList<>(List.of(operands.operand()));
        while (cursor.at(",")
                && (cursor.peek(1).kind() == Kind.NUMBER || cursor.peek(1).kind() == Kind.TEXT)) {
            cursor.take();
            values.add(operands.operand());
        }
        Span span = cursor.since(first);
        String right = "( " + cursor.source().text(span) + " )";
        cursor.report(
                cursor.problem(
                                Code.MISSING_PARENTHESIS,
                                span,
                                "the values of 'in' without parentheses",
                                "write in " + right)
                        .mendedBy(cursor.source().correction(span, right)));
        return values;
    }

    /** The list is read all the same. */
    private List<Operand> bracketed() throws Flaw {
        Token open = cursor.take();
        List<Operand> values = List.of();
        String close = open.is("[") ? "]" : "}";
        if (!cursor.at(close)) {
            values = values();
        }
        cursor.expect(Code.BRACKETS, close, "after the values of 'in'");
        Span span = cursor.since(open.span());
        String inner = cursor.source().text(new Span(span.start() + 1, span.end() - 1));
        cursor.report(
                cursor.problem(
                                Code.BRACKETS,
                                span,
                                "the values of 'in' in brackets",
                                "write in (" + inner + ")")
                        .mendedBy(cursor.source().correction(span, "(" + inner + ")")));
        return values;
    }
}
