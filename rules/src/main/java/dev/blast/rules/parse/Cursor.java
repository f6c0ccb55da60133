package dev.blast.rules.parse;

import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Findings;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import java.util.List;

/**
 * The tokens of one file, read from left to right by the parsers, and what they found wrong on the
 * way.
 */
public final class Cursor {
    /**
     * Deeper nesting than this is no policy that anybody can read; it also bounds the parsers'
     * recursion.
     */
    private static final int MAX_DEPTH = 32;

    private final Source source;
    private final List<Token> tokens;
    private final Findings problems;

    /** For each token how many parentheses have been opened before it, and not closed. */
    private final int[] nesting;

    private int at;
    private int depth;

    public Cursor(Source source, List<Token> tokens, Findings problems) {
        this.source = source;
        this.tokens = tokens;
        this.problems = problems;
        nesting = new int[tokens.size() + 1];
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            nesting[i + 1] = nesting[i] + (token.is("(") ? 1 : token.is(")") ? -1 : 0);
        }
    }

    Source source() {
        return source;
    }

    Findings problems() {
        return problems;
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    boolean at(String word) {
        return peek().is(word);
    }

    boolean at(Kind kind) {
        return peek().kind() == kind;
    }

    boolean atEnd() {
        return at(Kind.END);
    }

    Token take() {
        Token token = peek();
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean takeIf(String word) {
        if (at(word)) {
            take();
            return true;
        }
        return false;
    }

    Token expect(Code code, String word, String where) throws Flaw {
        if (!at(word)) {
            throw unexpected(code, "expected '" + word + "' " + where);
        }
        return take();
    }

    Token expect(Code code, Kind kind, String what) throws Flaw {
        if (!at(kind)) {
            throw unexpected(code, "expected " + what);
        }
        return take();
    }

    /** The span from a first token up to the token that was taken last. */
    Span since(Span first) {
        return first.to(tokens.get(Math.max(0, at - 1)).span());
    }

    Flaw unexpected(Code code, String expectation, String... help) {
        Token found = peek();
        return found.kind() == Kind.BROKEN
                ? Unreadable.flaw(source, found)
                : problem(code, found.span(), expectation + ", found " + found.shown(), help);
    }

    Flaw problem(Code code, Span span, String message, String... help) {
        return new Flaw(source.diagnostic(code, span, message, help));
    }

    void report(Flaw problem) {
        problems.add(problem.diagnostic());
    }

    void enter(Span where) throws Flaw {
        if (++depth > MAX_DEPTH) {
            throw problem(
                    Code.TOO_DEEP,
                    where,
                    "nested more than " + MAX_DEPTH + " deep",
                    "write several rules instead");
        }
    }

    void leave() {
        depth--;
    }

    /** Where the cursor is, to be asked for the nesting since. */
    int place() {
        return at;
    }

    /** How many parentheses have been opened since a place and not closed. */
    int open(int since) {
        return nesting[at] - nesting[since];
    }

    int depth() {
        return depth;
    }

    /** Forgets the nesting of what was broken off. */
    void surface(int to) {
        depth = to;
    }

    /** Whether a rule begins here: the word with a quoted name behind it. */
    boolean atRule() {
        return at("rule") && peek(1).kind() == Kind.TEXT;
    }

    /** Goes on to the next place where a rule may begin. */
    void skipToRule() {
        while (!atEnd() && !atRule()) {
            if (take().is("end")) {
                takeIf(";");
                return;
            }
        }
    }
}
