package dev.blast.rules.parse;

import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Nearest;
import dev.blast.rules.vocabulary.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the operator of a comparison, or the one that was meant. */
final class OperatorParser {
    private static final String OPERATORS =
            "operators: == != < <= > >= in contains matches glob under within satisfies";

    private final Cursor cursor;

    OperatorParser(Cursor cursor) {
        this.cursor = cursor;
    }

    Operator operator(Token field, boolean negated) throws Flaw {
        Token word = cursor.peek();
        Optional<Operator> written = Operator.of(word.text());
        if (negated && isValue(word)) {
            cursor.report(
                    cursor.problem(
                                    Code.UNKNOWN_OPERATOR,
                                    cursor.last(),
                                    "'not' before a value",
                                    "write !=")
                            .mendedBy(cursor.source().correction(cursor.last(), "!=")));
            return Operator.UNEQUAL;
        }
        Operator operator =
                written.isPresent() && word.kind() != Kind.TEXT
                        ? written.get()
                        : meant(field, word);
        if (negated && !operator.isWord()) {
            throw cursor.problem(
                    Code.UNKNOWN_OPERATOR,
                    word.span(),
                    "'not' before '" + word.text() + "'",
                    "write the opposite operator");
        }
        cursor.take();
        return operator;
    }

    private static boolean isValue(Token token) {
        return token.kind() == Kind.TEXT || token.kind() == Kind.NUMBER;
    }

    /** {@code between 1 and 1024}. */
    private Flaw between(Token field, Token word) {
        String right =
                ">= %s, %s <= %s"
                        .formatted(cursor.peek(1).text(), field.text(), cursor.peek(3).text());
        Span span = word.span().to(cursor.peek(3).span());
        return cursor.problem(
                        Code.UNKNOWN_OPERATOR,
                        span,
                        "no operator 'between'",
                        "write " + field.text() + " " + right)
                .mendedBy(cursor.source().correction(span, right));
    }

    /** The operator that is meant by something else, which is reported. */
    private Operator meant(Token field, Token word) throws Flaw {
        if (word.is(",") || word.is(")") || word.is("&&") || word.is("||")) {
            throw cursor.problem(
                    Code.NOT_COMPARED,
                    field.span(),
                    "'" + field.text() + "' is not compared",
                    "write " + field.text() + " == true");
        }
        if (word.is("between") && isValue(cursor.peek(1)) && isValue(cursor.peek(3))) {
            throw between(field, word);
        }
        boolean readable = word.kind() == Kind.WORD || word.kind() == Kind.SYMBOL;
        String why = readable ? Refusals.ofOperator(word.text()) : null;
        Optional<Operator> meant =
                Operator.of(
                        why == null || word.kind() == Kind.WORD
                                ? word.text().toLowerCase(Locale.ROOT)
                                : why.substring(why.indexOf(' ') + 1));
        if (why != null) {
            Code code = word.is("=") ? Code.SINGLE_EQUALS : Code.UNKNOWN_OPERATOR;
            Flaw flaw = cursor.problem(code, word.span(), "no operator '" + word.text() + "'", why);
            if (meant.isEmpty()) {
                throw flaw;
            }
            return instead(flaw, word, meant.get());
        }
        if (meant.isPresent() && word.kind() == Kind.WORD) {
            cursor.report(Slips.capital(cursor.source(), word, meant.get().written()));
            return meant.get();
        }
        List<String> words =
                Arrays.stream(Operator.values())
                        .filter(Operator::isWord)
                        .map(Operator::written)
                        .toList();
        Optional<Operator> near =
                word.kind() == Kind.WORD
                        ? Nearest.single(word.text(), words).flatMap(Operator::of)
                        : Optional.empty();
        if (near.isPresent()) {
            String written = near.get().written();
            return instead(
                    cursor.problem(
                            Code.UNKNOWN_OPERATOR,
                            word.span(),
                            "no operator '" + word.text() + "'",
                            "did you mean '" + written + "'?",
                            OPERATORS),
                    word,
                    near.get());
        }
        throw cursor.unexpected(
                Code.OPERATOR_EXPECTED,
                "expected an operator after '" + field.text() + "'",
                OPERATORS);
    }

    private Operator instead(Flaw flaw, Token word, Operator meant) {
        cursor.report(flaw.mendedBy(cursor.source().correction(word.span(), meant.written())));
        return meant;
    }
}
