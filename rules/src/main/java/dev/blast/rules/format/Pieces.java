package dev.blast.rules.format;

import dev.blast.rules.format.Piece.Section;
import dev.blast.rules.parse.Token;
import dev.blast.rules.parse.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a file that can be read into its pieces, without the semicolons that say nothing. */
final class Pieces {
    private final List<Token> tokens;
    private final List<Piece> pieces = new ArrayList<>();
    private int at;

    private Pieces(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * The pieces in their order.
     *
     * @param tokens of a file that the parser has taken
     */
    static List<Piece> of(List<Token> tokens) {
        var pieces = new Pieces(tokens);
        while (pieces.peek().kind() != Kind.END) {
            if (pieces.peek().is("rule")) {
                pieces.rule();
            } else {
                pieces.header();
            }
        }
        return pieces.pieces;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private void header() {
        int first = at++;
        while (peek().kind() != Kind.END
                && !peek().is("import")
                && !peek().is("rule")
                && !peek().is(";")) {
            at++;
        }
        add(Section.FILE, first);
        passSemicolon();
    }

    private void rule() {
        int first = at;
        at += 2;
        add(Section.FILE, first);
        while (peek().is("@")) {
            first = at;
            at += 2;
            if (peek().is("(")) {
                passParentheses();
            }
            add(Section.HEAD, first);
        }
        if (peek().is("when")) {
            keyword(Section.WHEN);
            while (!peek().is("then")) {
                condition();
            }
        }
        keyword(Section.THEN);
        while (!peek().is("end")) {
            first = at;
            while (!peek().is(";")) {
                at++;
            }
            at++;
            add(Section.THEN, first);
        }
        keyword(Section.THEN);
        passSemicolon();
    }

    private void keyword(Section section) {
        at++;
        add(section, at - 1);
    }

    /** Up to the parenthesis that ends it, and on where another one is joined to it. */
    private void condition() {
        int first = at;
        do {
            while (!peek().is("(")) {
                at++;
            }
            passParentheses();
        } while (peek().is("and") || peek().is("or"));
        add(Section.WHEN, first);
    }

    private void passParentheses() {
        int depth = 0;
        do {
            depth += peek().is("(") ? 1 : peek().is(")") ? -1 : 0;
            at++;
        } while (depth > 0);
    }

    private void passSemicolon() {
        if (peek().is(";")) {
            at++;
        }
    }

    private void add(Section section, int first) {
        pieces.add(new Piece(section, List.copyOf(tokens.subList(first, at))));
    }
}
