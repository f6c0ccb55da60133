package dev.blast.rules.parse;

import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Findings;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What is wrong with single words and signs, whatever stands around them: it is found, and mended
 * in the tokens, so that the rest of the file can be read.
 */
public final class Slips {
    /** Those that no name of a fact, field, verb or value is spelt like, but for its capitals. */
    private static final Set<String> KEYWORDS =
            Set.of(
                    "package", "import", "rule", "when", "then", "end", "and", "or", "not",
                    "exists");

    private static final Map<String, String> SIGNS = Map.of("≥", ">=", "≤", "<=", "≠", "!=");

    static final List<String> MERGE_MARKS = List.of("<<<<<<<", "|||||||", "=======", ">>>>>>>");

    private final Source source;
    private final Findings findings;

    private Slips(Source source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    /** The tokens without what is added to the findings. */
    public static List<Token> mended(Source source, List<Token> tokens, Findings findings) {
        var slips = new Slips(source, findings);
        var mended = new ArrayList<Token>(tokens.size());
        for (Token token : tokens) {
            String lower = token.text().toLowerCase(Locale.ROOT);
            if (token.kind() == Kind.WORD
                    && KEYWORDS.contains(lower)
                    && !lower.equals(token.text())) {
                slips.capital(token, lower);
                mended.add(new Token(Kind.WORD, lower, token.span()));
            } else if (SIGNS.containsKey(token.text())) {
                mended.add(slips.sign(token));
            } else if (token.kind() != Kind.BROKEN || !slips.isLeftOut(token)) {
                mended.add(token);
            }
        }
        return mended;
    }

    static boolean isKeyword(String word) {
        return KEYWORDS.contains(word);
    }

    /** A word of the language in capitals, by which nothing else is meant. */
    static Flaw capital(Source source, Token word, String lower) {
        String message = "%s is written '%s'".formatted(word.shown(), lower);
        return new Flaw(
                        source.diagnostic(
                                Code.CAPITAL_KEYWORD,
                                word.span(),
                                message,
                                "in small letters: " + lower))
                .mendedBy(source.correction(word.span(), lower));
    }

    private void capital(Token word, String lower) {
        findings.add(capital(source, word, lower));
    }

    /** One that no keyboard has for what it means, read as what it means. */
    private Token sign(Token token) {
        String right = Objects.requireNonNull(SIGNS.get(token.text()));
        add(
                Code.UNKNOWN_OPERATOR,
                token.span(),
                "no operator " + token.shown(),
                "write " + right,
                token.span(),
                right);
        return new Token(Kind.SYMBOL, right, token.span());
    }

    private boolean isLeftOut(Token token) {
        if (MERGE_MARKS.stream().anyMatch(token.text()::startsWith)) {
            findings.add(
                    source.diagnostic(
                            Code.UNEXPECTED,
                            token.span(),
                            "a merge is not finished here",
                            "keep what holds of both sides, and take out the marks of the merge"));
            return true;
        }
        if (token.text().startsWith("#") || token.text().startsWith("--")) {
            int start = token.span().start();
            boolean two = token.text().startsWith("##") || token.text().startsWith("--");
            var sign = new Span(start, start + (two ? 2 : 1));
            add(
                    Code.HASH_COMMENT,
                    token.span(),
                    "a comment does not begin with '%s'"
                            .formatted(
                                    token.text()
                                            .substring(0, token.text().startsWith("--") ? 2 : 1)),
                    "write //",
                    sign,
                    "//");
            return true;
        }
        int c = token.text().codePointAt(0);
        if (Character.isSpaceChar(c)) {
            add(
                    Code.UNKNOWN_CHARACTER,
                    token.span(),
                    "a blank that is not the ordinary one: U+%04X".formatted(c),
                    "write a space",
                    token.span(),
                    " ");
            return true;
        }
        return false;
    }

    private void add(
            Code code, Span span, String message, String help, Span replaced, String right) {
        Diagnostic found = source.diagnostic(code, span, message, help);
        findings.add(new Flaw(found).mendedBy(source.correction(replaced, right)));
    }
}
