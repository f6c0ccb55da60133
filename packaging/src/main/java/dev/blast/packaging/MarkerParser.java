package dev.blast.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads environment markers by the grammar of PEP 508, by recursive descent. */
final class MarkerParser {
    private static final MarkerOperator[] SYMBOLS = {
        MarkerOperator.IDENTICAL,
        MarkerOperator.COMPATIBLE,
        MarkerOperator.EQUAL,
        MarkerOperator.NOT_EQUAL,
        MarkerOperator.AT_MOST,
        MarkerOperator.AT_LEAST,
        MarkerOperator.LESS,
        MarkerOperator.GREATER
    };

    /** Deeper than any marker of use; a hostile one must not exhaust the stack. */
    private static final int DEEPEST = 100;

    private final SyntaxCursor cursor;
    private int depth;

    MarkerParser(SyntaxCursor cursor) {
        this.cursor = cursor;
    }

    static Marker parse(String text) {
        var cursor = new SyntaxCursor(text);
        Marker marker = new MarkerParser(cursor).marker();
        if (!cursor.atEnd()) {
            throw cursor.expected("'and', 'or' or the end of the marker");
        }
        return marker;
    }

    /** Alternatives of conjunctions: {@code and} binds closer than {@code or}. */
    Marker marker() {
        var alternatives = new ArrayList<List<Marker>>();
        var members = new ArrayList<Marker>();
        members.add(atom());
        while (true) {
            if (cursor.takeWord("and")) {
                members.add(atom());
            } else if (cursor.takeWord("or")) {
                alternatives.add(List.copyOf(members));
                members.clear();
                members.add(atom());
            } else {
                break;
            }
        }
        alternatives.add(List.copyOf(members));
        return alternatives.size() == 1 && members.size() == 1
                ? members.getFirst()
                : new Marker.AnyOf(alternatives);
    }

    private Marker atom() {
        cursor.skipBlanks();
        int open = cursor.position();
        Marker marker;
        if (cursor.take("(")) {
            if (++depth > DEEPEST) {
                throw cursor.errorAt("parentheses are nested too deeply", open);
            }
            marker = marker();
            depth--;
            if (!cursor.take(")")) {
                throw cursor.errorAt("no ')' closes this '('", open);
            }
        } else {
            marker = comparison();
        }
        cursor.skipBlanks();
        return marker;
    }

    private Marker comparison() {
        MarkerOperand left = operand();
        cursor.skipBlanks();
        MarkerOperator operator = operator();
        cursor.skipBlanks();
        MarkerOperand right = operand();
        return new Marker.Comparison(asName(left, right), operator, asName(right, left));
    }

    /**
     * A literal beside a variable of names is a name itself: it is kept in normal form (PEP 685).
     */
    private static MarkerOperand asName(MarkerOperand operand, MarkerOperand other) {
        return operand instanceof MarkerOperand.Literal(String value)
                        && other instanceof MarkerOperand.Variable(var variable)
                        && variable.holdsNames()
                ? new MarkerOperand.Literal(Names.folded(value))
                : operand;
    }

    private MarkerOperand operand() {
        char quote = cursor.peek();
        if (quote == '"' || quote == '\'') {
            return new MarkerOperand.Literal(PythonString.read(cursor));
        }
        int from = cursor.position();
        String word = cursor.takeName();
        Optional<MarkerVariable> variable = MarkerVariable.named(word);
        return new MarkerOperand.Variable(
                variable.orElseThrow(
                        () -> cursor.errorAt("expected a marker variable or a quoted text", from)));
    }

    private MarkerOperator operator() {
        for (MarkerOperator operator : SYMBOLS) {
            if (cursor.take(operator.toString())) {
                return operator;
            }
        }
        if (cursor.takeWord("in")) {
            return MarkerOperator.IN;
        }
        if (cursor.takeWord("not")) {
            cursor.skipBlanks();
            if (cursor.takeWord("in")) {
                return MarkerOperator.NOT_IN;
            }
            throw cursor.expected("'in' after 'not'");
        }
        throw cursor.expected("a comparison (<= < != == >= > ~= === in, not in)");
    }
}
