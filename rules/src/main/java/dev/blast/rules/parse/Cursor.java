package dev.blast.rules.parse;

import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Findings;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Nearest;
import java.util.ArrayList;
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

    /** Tokens that are looked at to tell a verb from a condition. */
    private static final int LONGEST_ANSWER = 200;

    private final Source source;
    private final List<Token> tokens;
    private final Findings problems;

    /** Those that the tokenizer could make nothing of. */
    private final List<Token> broken;

    /** For each token how many parentheses have been opened before it, and not closed. */
    private final int[] nesting;

    private int at;
    private int depth;

    public Cursor(Source source, List<Token> tokens, Findings problems) {
        this.source = source;
        this.tokens = new ArrayList<>(tokens);
        this.problems = problems;
        broken = tokens.stream().filter(token -> token.kind() == Kind.BROKEN).toList();
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

    /** Takes the word, or reports that it is not there and goes on as if it were. */
    void takeOrReport(Code code, String word, String text, String where) {
        if (!takeIf(word)) {
            report(missing(code, text, "expected '" + word + "' " + where));
        }
    }

    /** Whether the next token begins on a line behind the one taken last. */
    boolean atNewLine() {
        return source.line(last().end()) < source.line(peek().span().start());
    }

    /** Takes what has no place here, and reports it. */
    void takeStray(Code code, String message, String help) {
        Token stray = take();
        report(
                problem(code, stray.span(), message, help)
                        .mendedBy(source.correction(stray.span(), "")));
    }

    /** The other brace has to go too, so that there is no one change that mends it. */
    void takeBrace(String message) {
        Span brace = take().span();
        report(problem(Code.BRACKETS, brace, message, "leave both braces out"));
    }

    /** Whether a word may be missing only because a text or comment without its end took it. */
    boolean swallowed(String word) {
        return broken.stream()
                .takeWhile(it -> it.span().start() <= peek().span().start())
                .anyMatch(it -> it.text().contains(word));
    }

    /** From now on the next token is that word of the language. */
    void readAs(String word) {
        tokens.set(at, new Token(Kind.WORD, word, peek().span()));
    }

    /** Whether several values in parentheses stand here. */
    boolean atList() {
        int open = 0;
        for (int i = at; at("(") && !endsPiece(tokens.get(i)); i++) {
            Token token = tokens.get(i);
            open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (open <= 1 && token.is(",")) {
                return open == 1;
            }
        }
        return false;
    }

    /**
     * Whether a word of the language was meant by the next one: then this is reported, and it is
     * that word from now on.
     */
    boolean meant(Code code, String keyword) {
        Token written = peek();
        boolean near =
                written.kind() == Kind.WORD
                        && !Nearest.to(written.text(), List.of(keyword)).isEmpty();
        if (Slips.isKeyword(written.text())
                || peek(1).is("(")
                || !(near || Refusals.isElsewhere(keyword, written.text()))) {
            return false;
        }
        report(
                problem(
                                code,
                                written.span(),
                                "expected '" + keyword + "', found " + written.shown(),
                                near ? "did you mean '" + keyword + "'?" : "write " + keyword)
                        .mendedBy(source.correction(written.span(), keyword)));
        readAs(keyword);
        return true;
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

    /** Something is not there that belongs right behind what was taken last. */
    Flaw missing(Code code, String expectation) {
        return peek().kind() == Kind.BROKEN
                ? Unreadable.flaw(source, peek())
                : problem(code, last().behind(), expectation + ", found " + peek().shown());
    }

    /** The same, with the text that belongs there. */
    Flaw missing(Code code, String text, String expectation) {
        return missing(code, expectation).mendedBy(source.correction(last().behind(), text));
    }

    boolean lastIs(String word) {
        return tokens.get(Math.max(0, at - 1)).is(word);
    }

    boolean lastIsNumber() {
        return tokens.get(Math.max(0, at - 1)).kind() == Kind.NUMBER;
    }

    /** Those among the tokens that were taken since a place. */
    List<String> variablesSince(int place) {
        return tokens.subList(place, at).stream()
                .filter(token -> token.kind() == Kind.VARIABLE)
                .map(Token::text)
                .toList();
    }

    /** Where the token is that was taken last. */
    Span last() {
        return tokens.get(Math.max(0, at - 1)).span();
    }

    /**
     * Passes over a parenthesis that stands here a second time, where one that closes is not there,
     * and the inner one holds no alternatives: then it was struck twice.
     */
    void passDoubled() {
        if (!at("(")) {
            return;
        }
        int open = 1;
        boolean alternatives = false;
        boolean inner = true;
        for (int i = at; !endsPiece(tokens.get(i)); i++) {
            Token token = tokens.get(i);
            open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (open == 0) {
                return;
            }
            inner &= i == at || open > 1;
            alternatives |= inner && open == 2 && (token.is("||") || token.is("&&"));
        }
        if (!alternatives) {
            Span second = take().span();
            report(
                    problem(
                                    Code.MISSING_PARENTHESIS,
                                    second,
                                    "'(' stands twice, and ')' once",
                                    "take one out")
                            .mendedBy(source.correction(second, "")));
        }
    }

    private static boolean endsPiece(Token token) {
        return token.kind() == Kind.END
                || token.is(";")
                || token.is("@")
                || token.is("when")
                || token.is("then")
                || token.is("end");
    }

    Flaw problem(Code code, Span span, String message, String... help) {
        return new Flaw(source.diagnostic(code, span, message, help));
    }

    void report(Flaw problem) {
        problems.add(problem);
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

    /** Whether the conditions of a rule are over. */
    boolean atEndOfConditions() {
        return atEnd() || at("then") || at("end") || atRule();
    }

    /**
     * Whether a verb with its values begins here, as no condition does: a small letter, and a
     * semicolon behind the parentheses.
     */
    boolean atAnswer() {
        if (!at(Kind.WORD)
                || !Character.isLowerCase(peek().text().charAt(0))
                || !peek(1).is("(")
                || Refusals.ofCondition(peek().text()) != null) {
            return false;
        }
        int ahead = 1;
        int open = 0;
        do {
            open += peek(ahead).is("(") ? 1 : peek(ahead).is(")") ? -1 : 0;
            ahead++;
        } while (open > 0 && ahead < LONGEST_ANSWER && !peek(ahead).is(";"));
        return open <= 0 && peek(ahead).is(";");
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
