package dev.blast.rules.parse;

import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Cuts a policy file into tokens; comments and blanks fall out. Never fails: what it cannot read
 * becomes BROKEN, and what is beyond the bounds is not read.
 */
public final class Tokenizer {
    private static final List<String> LONG_SYMBOLS =
            List.of(
                    "===", "!==", "=>", "=<", "<>", "=~", "==", "!=", "<=", ">=", "&&", "||", "->",
                    "::", ":=", "+=", "-=", "*=", "/=", "++", "--", "##", "!.");

    /** What begins a text for some people, with what may end it; only the first is right. */
    private static final Map<Character, String> QUOTES =
            Map.of('"', "\"", '\'', "'", '“', "”“\"", '„', "“”\"", '«', "»", '‘', "’'", '”', "”");

    /** A long text of other languages. */
    static final String TRIPLE = "\"\"\"";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokenizer(String text) {
        this.text = text;
    }

    public static List<Token> tokens(String text) {
        var tokenizer = new Tokenizer(text);
        while (tokenizer.tokens.size() < Bounds.MAX_TOKENS && tokenizer.next()) {}
        if (tokenizer.tokens.size() == Bounds.MAX_TOKENS) {
            tokenizer.add(Kind.END, tokenizer.at);
        }
        return List.copyOf(tokenizer.tokens);
    }

    private boolean next() {
        skipBlanksAndComments();
        int start = at;
        if (at >= text.length()) {
            return add(Kind.END, start);
        }
        char c = text.charAt(at);
        if (text.startsWith("/*", at)) {
            at = text.length();
            return add(Kind.BROKEN, start);
        }
        if (isComment(c) || isMergeMark()) {
            at += text.substring(at).lines().findFirst().orElse("").length();
            return add(Kind.BROKEN, start);
        }
        String ending = QUOTES.get(c);
        if (ending != null) {
            return quoted(ending, start);
        }
        if (isDigit(c)) {
            return number(start);
        }
        if (isWordStart(c)) {
            at++;
            while (at < text.length() && isWordPart(text.charAt(at))) {
                at++;
            }
            return add(c == '$' ? Kind.VARIABLE : Kind.WORD, start);
        }
        for (String symbol : LONG_SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return add(Kind.SYMBOL, start);
            }
        }
        at++;
        return add("()[]{},;:.=<>+-*/%!@&|?~^#".indexOf(c) >= 0 ? Kind.SYMBOL : Kind.BROKEN, start);
    }

    /** As other languages have it, behind a blank. */
    private boolean isComment(char c) {
        boolean behindBlank = at == 0 || " \t\n".indexOf(text.charAt(at - 1)) >= 0;
        return behindBlank && (c == '#' || text.startsWith("-- ", at));
    }

    /** What an unfinished merge leaves at the beginning of lines. */
    private boolean isMergeMark() {
        boolean beginsLine = at == 0 || text.charAt(at - 1) == '\n';
        return beginsLine && Slips.MERGE_MARKS.stream().anyMatch(it -> text.startsWith(it, at));
    }

    private void skipBlanksAndComments() {
        while (at < text.length()) {
            if (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    return;
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    /**
     * A text ends at its quote; a line's end inside it breaks it, so that one lost quote does not
     * swallow the file.
     */
    private boolean quoted(String ends, int start) {
        int behind = text.startsWith(TRIPLE, at) ? text.indexOf(TRIPLE, at + TRIPLE.length()) : -1;
        if (behind >= 0) {
            at = behind + TRIPLE.length();
            return add(Kind.BROKEN, start);
        }
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (ends.indexOf(c) >= 0) {
                at++;
                return add(Kind.TEXT, start);
            }
            if (c == '\n') {
                break;
            }
            if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) != '\n') {
                at++;
            }
        }
        return add(Kind.BROKEN, start);
    }

    private boolean number(int start) {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
            at++;
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
        }
        boolean suffixed = at < text.length() && isWordPart(text.charAt(at));
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        return add(suffixed ? Kind.BROKEN : Kind.NUMBER, start);
    }

    /** Adds what was read; answers whether there may be more. */
    private boolean add(Kind kind, int start) {
        tokens.add(new Token(kind, text.substring(start, at), new Span(start, at)));
        return kind != Kind.END;
    }

    static boolean beginsText(char c) {
        return QUOTES.containsKey(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c);
    }
}
