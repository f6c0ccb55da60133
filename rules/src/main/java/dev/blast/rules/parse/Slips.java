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

    private boolean isLeftOut(Token token) {
        if (token.text().startsWith("#")) {
            int start = token.span().start();
            var sign = new Span(start, start + (token.text().startsWith("##") ? 2 : 1));
            add(
                    Code.HASH_COMMENT,
                    token.span(),
                    "a comment does not begin with '#'",
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
