package dev.blast.rules.parse;

import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Findings;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import java.util.List;

/**
 * What a file may hold at most, and which characters: looked at before anything of it is
 * understood, so that nothing behind it has to think of what is endless or cannot be seen.
 */
public final class Bounds {
    /** Characters. A file beyond this is no policy. */
    public static final int MAX_FILE = 512 * 1024;

    /** Of a file. */
    public static final int MAX_TOKENS = 100_000;

    /** Characters of a name in the language. */
    private static final int MAX_WORD = 100;

    /** Digits. */
    private static final int MAX_NUMBER = 40;

    /** Characters between two quotes. */
    private static final int MAX_TEXT = 4_000;

    private final Source source;
    private final Findings findings;

    private Bounds(Source source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    /** Adds what is too long and what cannot be seen. Nothing else is said about such a file. */
    public static void check(Source source, List<Token> tokens, Findings findings) {
        var bounds = new Bounds(source, findings);
        bounds.characters();
        bounds.tokens(tokens);
    }

    private void characters() {
        String text = source.text();
        int c;
        for (int at = 0;
                at < text.length() && !findings.areEnough();
                at += Character.charCount(c)) {
            c = text.codePointAt(at);
            var span = new Span(at, at + Character.charCount(c));
            if (c == '\r' && !text.startsWith("\r\n", at)) {
                findings.add(
                        source.diagnostic(
                                Code.LONE_CARRIAGE_RETURN,
                                span,
                                "a carriage return inside a line",
                                "lines end with a line feed, or with both"));
            } else if (c > '~' ? isUnseen(c) : c < ' ' && "\t\n\r".indexOf(c) < 0) {
                findings.add(
                        source.diagnostic(
                                Code.UNSEEN_CHARACTER,
                                span,
                                "the character U+%04X cannot be seen".formatted(c),
                                "take it out: what a rule says must be what people read"));
            }
        }
    }

    /**
     * Controls, formats such as the marks that turn the direction of writing, ends of lines that no
     * editor shows, halves of characters, and the letters that have no shape.
     */
    private static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> isBlankLetter(c);
        };
    }

    /** Fillers, joiners and selectors, by Unicode's property Default_Ignorable_Code_Point. */
    private static boolean isBlankLetter(int c) {
        return c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || (c >= 0x180B && c <= 0x180F)
                || c == 0x2800
                || c == 0x3164
                || c == 0xFFA0
                || (c >= 0xE0000 && c <= 0xE0FFF);
    }

    private void tokens(List<Token> tokens) {
        if (tokens.size() > MAX_TOKENS) {
            findings.add(
                    source.diagnostic(
                            Code.TOO_MANY,
                            tokens.getLast().span(),
                            "more than %,d words and signs".formatted(MAX_TOKENS),
                            "split it into several files"));
        }
        for (Token token : tokens) {
            switch (token.kind()) {
                case WORD, VARIABLE -> bound(token, "a word", MAX_WORD, "characters");
                case NUMBER -> bound(token, "a number", MAX_NUMBER, "digits");
                case TEXT -> bound(token, "a text", MAX_TEXT, "characters");
                case SYMBOL, BROKEN, END -> {}
            }
        }
    }

    private void bound(Token token, String what, int most, String of) {
        int quotes = token.kind() == Kind.TEXT ? 2 : 0;
        if (token.text().length() - quotes > most) {
            findings.add(
                    source.diagnostic(
                            Code.TOO_LONG,
                            token.span(),
                            "%s of more than %,d %s".formatted(what, most, of),
                            "shorten it"));
        }
    }
}
