package dev.blast.rules.parse;

import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Span;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads values: literals, variables, fields of bound facts, and sums of them. Everything else is
 * refused.
 */
final class OperandParser {
    /** Of one sum or product. It bounds the recursion of all that walk the tree. */
    private static final int MAX_TERMS = 32;

    private static final Pattern RANGE = Pattern.compile("([0-9]+)\\.{2,3}([0-9]+)");

    private static final Set<String> CONSTANTS = Set.of("true", "false", "null");

    private final Cursor cursor;

    OperandParser(Cursor cursor) {
        this.cursor = cursor;
    }

    Operand operand() throws Flaw {
        Operand left = product();
        for (int terms = 1; cursor.at("+") || cursor.at("-"); terms++) {
            Token symbol = symbol(terms);
            left = arithmetic(symbol, left, product());
        }
        return left;
    }

    private Operand product() throws Flaw {
        Operand left = single();
        for (int terms = 1; cursor.at("*") || cursor.at("/"); terms++) {
            Token symbol = symbol(terms);
            left = arithmetic(symbol, left, single());
        }
        return left;
    }

    private Token symbol(int terms) throws Flaw {
        if (terms >= MAX_TERMS) {
            throw cursor.problem(
                    Code.TOO_MANY,
                    cursor.peek().span(),
                    "more than " + MAX_TERMS + " terms",
                    "shorten it");
        }
        return cursor.take();
    }

    private static Operand arithmetic(Token symbol, Operand left, Operand right) {
        return new Operand.Arithmetic(
                left.span().to(right.span()), symbol.text().charAt(0), left, right);
    }

    /** One of a verb's values, which ends with a comma or a parenthesis. */
    Operand argument() throws Flaw {
        Token first = cursor.peek();
        if (first.kind() == Kind.WORD && cursor.peek(1).kind() == Kind.WORD) {
            cursor.take();
            while (!cursor.atEndOfConditions()
                    && !cursor.at(",")
                    && !cursor.at(")")
                    && !cursor.at(";")
                    && !cursor.atNewLine()) {
                cursor.take();
            }
            return unquoted(cursor.since(first.span()));
        }
        return operand();
    }

    private Operand single() throws Flaw {
        Token first = cursor.peek();
        if (cursor.atEndOfConditions()) {
            throw cursor.missing(Code.VALUE_EXPECTED, "expected a value");
        }
        if (BareText.isAt(cursor)) {
            cursor.take();
            while (BareText.goesOn(cursor)) {
                cursor.take();
            }
            return unquoted(cursor.since(first.span()));
        }
        Operand operand =
                switch (first.kind()) {
                    case TEXT -> new Operand.Text(first.span(), text(cursor.take()));
                    case NUMBER -> new Operand.Digits(first.span(), cursor.take().text());
                    case WORD -> word();
                    case VARIABLE -> variable();
                    case SYMBOL -> signOrGroup();
                    case BROKEN, END ->
                            throw cursor.unexpected(Code.VALUE_EXPECTED, "expected a value");
                };
        if (cursor.at("[")) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    cursor.peek().span(),
                    "access by index is not in the policy language",
                    "use contains for a list");
        }
        if (cursor.at(".") || cursor.at("!.") || cursor.at("(") || cursor.at("::")) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    first.span().to(cursor.peek().span()),
                    "a method call is not in the policy language",
                    "a value is a literal, a variable, or $fact.field");
        }
        return operand;
    }

    /** Reported; nothing more is said about the value. */
    private Operand unquoted(Span span) {
        String text = cursor.source().text(span);
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            cursor.report(
                    cursor.problem(
                            Code.VALUE_EXPECTED,
                            span,
                            "a range of values: " + text,
                            "write two comparisons: >= %s and <= %s"
                                    .formatted(range.group(1), range.group(2))));
            return new Operand.Lost(span);
        }
        cursor.report(
                cursor.problem(
                                Code.UNQUOTED_TEXT,
                                span,
                                "a text without quotes: " + text,
                                "write \"" + text + "\"")
                        .mendedBy(cursor.source().correction(span, '"' + text + '"')));
        return new Operand.Lost(span);
    }

    private Operand word() throws Flaw {
        Token word = cursor.take();
        if (word.is("new")) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    word.span(),
                    "a constructor is not in the policy language",
                    "a value is a literal or a variable");
        }
        if (cursor.at(".")) {
            throw cursor.problem(
                    Code.UNQUOTED_TEXT,
                    word.span(),
                    "class names are not in the policy language",
                    "a value is a literal, a variable, or $fact.field");
        }
        String lower = word.text().toLowerCase(Locale.ROOT);
        if (CONSTANTS.contains(lower) && !lower.equals(word.text())) {
            cursor.report(Slips.capital(cursor.source(), word, lower));
            return new Operand.Word(word.span(), lower);
        }
        return new Operand.Word(word.span(), word.text());
    }

    private Operand variable() throws Flaw {
        Token variable = cursor.take();
        if (!cursor.at(".") || cursor.peek(1).kind() != Kind.WORD || cursor.peek(2).is("(")) {
            return new Operand.Variable(variable.span(), variable.text());
        }
        cursor.take();
        Token field = cursor.take();
        return new Operand.FieldOf(cursor.since(variable.span()), variable, field);
    }

    private Operand signOrGroup() throws Flaw {
        Token symbol = cursor.peek();
        if (symbol.is("-") && cursor.peek(1).kind() == Kind.NUMBER) {
            cursor.take();
            Token digits = cursor.take();
            return new Operand.Digits(symbol.span().to(digits.span()), "-" + digits.text());
        }
        if (symbol.is("(")) {
            cursor.take();
            cursor.enter(symbol.span());
            Operand inner = operand();
            cursor.expect(Code.MISSING_PARENTHESIS, ")", "after the value");
            cursor.leave();
            return inner;
        }
        if (symbol.is(",") || symbol.is(")") || cursor.atNewLine()) {
            throw cursor.missing(Code.VALUE_EXPECTED, "expected a value");
        }
        if (symbol.is("[") || symbol.is("{")) {
            throw cursor.problem(
                    Code.BRACKETS,
                    symbol.span(),
                    "a list in brackets is not in the policy language",
                    "use in ( … ), or several values");
        }
        throw cursor.unexpected(Code.VALUE_EXPECTED, "expected a value");
    }

    /** A text without its quotes; the escapes are {@code \" \\ \n \t}. */
    String text(Token token) throws Flaw {
        String inner = token.text().substring(1, token.text().length() - 1);
        if (token.text().charAt(0) != '"') {
            reportQuotes(token, inner);
            return inner;
        }
        var value = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char escaped = inner.charAt(++i);
            value.append(
                    switch (escaped) {
                        case '"', '\\' -> escaped;
                        case 'n' -> '\n';
                        case 't' -> '\t';
                        default -> {
                            int start = token.span().start() + i;
                            throw cursor.problem(
                                    Code.UNKNOWN_ESCAPE,
                                    new Span(start, start + 2),
                                    "unknown escape '\\" + escaped + "'",
                                    "the escapes are \\\" \\\\ \\n \\t; a backslash itself is \\\\");
                        }
                    });
        }
        return value.toString();
    }

    private void reportQuotes(Token token, String inner) {
        Flaw flaw =
                cursor.problem(
                        Code.QUOTES,
                        token.span(),
                        token.text().charAt(0) == '\''
                                ? "a text in single quotes"
                                : "a text in other quotes than \"",
                        "write it in double quotes");
        boolean plain = inner.indexOf('"') < 0 && inner.indexOf('\\') < 0;
        cursor.report(
                plain
                        ? flaw.mendedBy(cursor.source().correction(token.span(), '"' + inner + '"'))
                        : flaw);
    }
}
