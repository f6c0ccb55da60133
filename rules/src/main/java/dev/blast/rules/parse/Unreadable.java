package dev.blast.rules.parse;

import dev.blast.rules.source.Code;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Source;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the tokenizer could make nothing of, as a mistake. */
final class Unreadable {
    private static final Pattern AMOUNT = Pattern.compile("([0-9.]+)([A-Za-z]+)");

    private Unreadable() {}

    static Flaw flaw(Source source, Token token) {
        char first = token.text().charAt(0);
        if (token.text().startsWith("/*")) {
            return flaw(source, token, Code.UNCLOSED_COMMENT, "a comment ends with */");
        }
        if (token.text().startsWith(Tokenizer.TRIPLE) && token.text().length() > 5) {
            return threeQuotes(source, token);
        }
        Matcher amount = AMOUNT.matcher(token.text());
        if (amount.matches() && BareText.UNITS.contains(amount.group(2))) {
            String right = "\"%s %s\"".formatted(amount.group(1), amount.group(2));
            return flaw(
                            source,
                            token,
                            Code.BAD_NUMBER,
                            "an amount with a unit is a text: write " + right)
                    .mendedBy(source.correction(token.span(), right));
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
                        "a number is digits, as in %s; an amount with a unit is a text: \"2 GiB\""
                                .formatted(amount.matches() ? amount.group(1) : "443"))
                : flaw(source, token, Code.UNKNOWN_CHARACTER, "not a character of this language");
    }

    private static Flaw threeQuotes(Source source, Token token) {
        String inner = token.text().substring(3, token.text().length() - 3);
        String help = "a text stands on one line, between two quotes";
        Flaw flaw =
                new Flaw(
                        source.diagnostic(
                                Code.QUOTES, token.span(), "a text in three quotes", help));
        boolean plain = inner.chars().noneMatch(c -> c == '"' || c == '\\' || c == '\n');
        return plain ? flaw.mendedBy(source.correction(token.span(), '"' + inner + '"')) : flaw;
    }

    private static Flaw flaw(Source source, Token token, Code code, String help) {
        String message = "cannot read " + token.beginning();
        return new Flaw(source.diagnostic(code, token.span(), message, help));
    }
}
