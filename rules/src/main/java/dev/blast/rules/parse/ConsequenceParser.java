package dev.blast.rules.parse;

import dev.blast.rules.parse.RuleTree.Call;
import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what stands between {@code then} and {@code end}: verbs with their values. An answer that
 * cannot be read is reported and left out.
 */
final class ConsequenceParser {
    private final Cursor cursor;
    private final OperandParser operands;

    ConsequenceParser(Cursor cursor, OperandParser operands) {
        this.cursor = cursor;
        this.operands = operands;
    }

    /** The {@code end} is taken too, and the semicolon that may follow it. */
    List<Call> answers(String rule) {
        List<Call> calls = new ArrayList<>();
        int braces = 0;
        while (!cursor.at("end") && !isEndMeant()) {
            if (cursor.atEnd() || cursor.atRule()) {
                String expected = "expected 'end' of rule \"" + rule + "\"";
                Flaw missing =
                        calls.isEmpty()
                                ? cursor.missing(Code.MISSING_END, expected)
                                : cursor.missing(Code.MISSING_END, "\nend", expected);
                cursor.report(cursor.swallowed("end") ? Flaw.echo() : missing);
                return calls;
            }
            cursor.surface(0);
            if (cursor.at("}") && (braces > 0 || cursor.peek(1).is("end"))) {
                cursor.take();
                braces--;
            } else if (cursor.at("{")) {
                braces++;
                cursor.takeBrace("answers in braces");
            } else if (!isMisplaced()) {
                try {
                    calls.add(call());
                } catch (Flaw e) {
                    cursor.report(e);
                    skipStatement();
                }
            }
        }
        cursor.take();
        cursor.takeIf(";");
        return List.copyOf(calls);
    }

    /** A word that was meant as {@code end}: nothing of the rule follows. */
    private boolean isEndMeant() {
        Token next = cursor.peek(1);
        boolean last =
                next.kind() == Kind.END || next.is("rule") || next.is("import") || next.is(";");
        return last && cursor.meant(Code.MISSING_END, "end");
    }

    /** What belongs elsewhere in a rule, or nowhere: reported and passed over. */
    private boolean isMisplaced() {
        if (cursor.at("then")) {
            cursor.takeStray(
                    Code.MISPLACED_WORD, "'then' stands here a second time", "take it out");
            return true;
        }
        if (cursor.at("when")) {
            Token when = cursor.take();
            cursor.report(
                    cursor.problem(
                            Code.MISPLACED_WORD,
                            when.span(),
                            "'when' stands behind 'then'",
                            "conditions stand between 'when' and 'then'; a further rule begins with: rule \"name\""));
            while (!cursor.atEndOfConditions()) {
                cursor.take();
            }
            cursor.takeIf("then");
            return true;
        }
        if (cursor.at(";")) {
            cursor.takeStray(Code.STRAY_SIGN, "a stray ';'", "take it out");
            return true;
        }
        return false;
    }

    private Call call() throws Flaw {
        Token verb = cursor.peek();
        String why = verb.kind() == Kind.WORD ? Refusals.ofStatement(verb.text()) : null;
        if (why != null) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    verb.span(),
                    "'" + verb.text() + "' is not in the policy language",
                    why);
        }
        if (verb.kind() == Kind.VARIABLE || cursor.peek(1).is(".")) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    verb.span(),
                    "a method call is not in the policy language",
                    "a statement is a verb: deny( \"why\" );");
        }
        if (verb.kind() == Kind.WORD && cursor.peek(1).is("=")) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    verb.span(),
                    "an assignment is not in the policy language",
                    "a statement is a verb: deny( \"why\" );");
        }
        if (cursor.peek(1).is("?")) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    verb.span(),
                    "a choice '? :' is not in the policy language",
                    "write two rules, one for each case");
        }
        cursor.expect(Code.VERB_EXPECTED, Kind.WORD, "a verb");
        if (!cursor.at("(")) {
            throw withoutParenthesis(verb);
        }
        cursor.take();
        cursor.passDoubled();
        List<Operand> arguments = arguments(verb);
        Span span = cursor.since(verb.span());
        if (!cursor.takeIf(";")) {
            missingSemicolon(verb);
        }
        return new Call(span, verb.text(), verb.span(), arguments);
    }

    private Flaw withoutParenthesis(Token verb) {
        String expected = "expected '(' after the verb '" + verb.text() + "'";
        if (cursor.at(";")) {
            return cursor.missing(Code.MISSING_PARENTHESIS, "( )", expected);
        }
        if (!cursor.at(Kind.TEXT) && !cursor.at(Kind.NUMBER)) {
            return cursor.missing(Code.MISSING_PARENTHESIS, expected);
        }
        int last = 0;
        while (!cursor.peek(last + 1).is(";") && cursor.peek(last + 1).kind() != Kind.END) {
            last++;
        }
        Span values = cursor.peek().span().to(cursor.peek(last).span());
        String written = cursor.source().text(values);
        return cursor.peek(last).is(")")
                ? cursor.missing(Code.MISSING_PARENTHESIS, "(", expected)
                : cursor.missing(Code.MISSING_PARENTHESIS, expected)
                        .mendedBy(cursor.source().correction(values, "( " + written + " )"));
    }

    /** {@code name = "value"}, which stands by its place here: the name is passed over. */
    private void passName() {
        Token name = cursor.peek();
        Token sign = cursor.peek(1);
        if (name.kind() == Kind.WORD && (sign.is("=") || (sign.is(":") && !isGlued(sign)))) {
            cursor.take();
            cursor.take();
            Span span = name.span().to(sign.span());
            cursor.report(
                    cursor.problem(
                                    Code.UNEXPECTED,
                                    span,
                                    "a value with a name",
                                    "a value stands without a name: take it out")
                            .mendedBy(cursor.source().correction(span, "")));
        }
    }

    /** A text without its quotes goes on behind the sign. */
    private boolean isGlued(Token sign) {
        return sign.span().end() == cursor.peek(2).span().start();
    }

    private List<Operand> arguments(Token verb) throws Flaw {
        List<Operand> arguments = new ArrayList<>();
        if (cursor.takeIf(")")) {
            return arguments;
        }
        do {
            passName();
            arguments.add(operands.argument());
            if (cursor.at(Kind.TEXT) || cursor.at(Kind.VARIABLE)) {
                cursor.report(
                        cursor.missing(
                                Code.MISSING_COMMA,
                                ",",
                                "expected ',' between the values of '" + verb.text() + "'"));
                arguments.add(operands.argument());
            }
        } while (cursor.takeIf(","));
        String where = "after the arguments of '" + verb.text() + "'";
        if (cursor.at(";") || cursor.at("end") || cursor.atNewLine()) {
            cursor.takeOrReport(Code.MISSING_PARENTHESIS, ")", " )", where);
        } else {
            cursor.expect(Code.MISSING_PARENTHESIS, ")", where);
        }
        return List.copyOf(arguments);
    }

    private void missingSemicolon(Token verb) {
        String expected = "expected ';' after " + verb.text() + "( … )";
        Token found = cursor.peek();
        if (found.is(",") || found.is(":") || found.is(".")) {
            cursor.report(
                    cursor.unexpected(Code.MISSING_SEMICOLON, expected)
                            .mendedBy(cursor.source().correction(found.span(), ";")));
            cursor.take();
        } else {
            cursor.report(cursor.missing(Code.MISSING_SEMICOLON, ";", expected));
            if (!cursor.at(Kind.WORD) && !cursor.at("}")) {
                skipStatement();
            }
        }
    }

    /** Behind the semicolon; of Java's statements with a block behind the block. */
    private void skipStatement() {
        int open = 0;
        while (!cursor.atEnd() && !cursor.at("end") && !cursor.atRule()) {
            Token passed = cursor.take();
            open += passed.is("{") ? 1 : passed.is("}") ? -1 : 0;
            boolean over = passed.is(";") || passed.is("}");
            if (over && open <= 0 && !cursor.at("else") && !cursor.at("catch")) {
                if (passed.is("}")) {
                    cursor.takeIf(";");
                }
                return;
            }
        }
    }
}
