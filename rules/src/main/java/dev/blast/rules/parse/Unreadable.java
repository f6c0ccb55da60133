package dev.blast.rules.parse;

import dev.blast.rules.source.Code;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Source;

/** What the tokenizer could make nothing of, as a mistake. */
final class Unreadable {
    private Unreadable() {}

    static Flaw flaw(Source source, Token token) {
        char first = token.text().charAt(0);
        if (token.text().startsWith("/*")) {
            return flaw(source, token, Code.UNCLOSED_COMMENT, "a comment ends with */");
        }
        if (Tokenizer.beginsText(first)) {
            return flaw(
                    source, token, Code.UNCLOSED_TEXT, "a text ends with a quote on the same line");
        }
        return Character.isDigit(first)
                ? flaw(
                        source,
                        token,
                        Code.BAD_NUMBER,
                        "a number is digits; an amount with a unit is a text: \"2 GiB\"")
                : flaw(source, token, Code.UNKNOWN_CHARACTER, "not a character of this language");
    }

    private static Flaw flaw(Source source, Token token, Code code, String help) {
        String message = "cannot read " + token.beginning();
        return new Flaw(source.diagnostic(code, token.span(), message, help));
    }
}
