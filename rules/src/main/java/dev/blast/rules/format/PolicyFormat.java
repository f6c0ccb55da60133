package dev.blast.rules.format;

import dev.blast.rules.format.Piece.Section;
import dev.blast.rules.parse.Bounds;
import dev.blast.rules.parse.Cursor;
import dev.blast.rules.parse.FileParser;
import dev.blast.rules.parse.Token;
import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.parse.Tokenizer;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Findings;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.source.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * The one layout of a policy file: a rule is set off by a blank line, a condition, a statement and
 * an annotation each have a line, names touch their parentheses and nothing else does. What does
 * not fit into 120 columns has a line for each part. A comment stays before, or behind, what it
 * stood at; a condition or a statement with a comment in it stays as it is. Pure.
 */
public final class PolicyFormat {
    private final String text;
    private final StringBuilder out = new StringBuilder();
    private Section section = Section.FILE;

    /** What came of it. */
    public sealed interface Result {
        /** The file as it should be; laid out again it stays so. */
        record Laid(String text) implements Result {}

        /** The file cannot be read, and stays as it is. */
        record Unreadable(List<Diagnostic> faults) implements Result {}
    }

    private PolicyFormat(String text) {
        this.text = text;
    }

    /** Lays out a file. */
    public static Result of(PolicyFile file) {
        var source = new Source(file);
        var found = new Findings();
        List<Token> tokens = Tokenizer.tokens(file.text());
        Bounds.check(source, tokens, found);
        if (found.isEmpty()) {
            new FileParser(new Cursor(source, tokens, found)).parse();
        }
        if (!found.isEmpty()) {
            return new Result.Unreadable(found.inOrder());
        }
        var format = new PolicyFormat(file.text());
        String laid = format.laid(Pieces.of(tokens));
        requireTheSame(file.text(), laid);
        return new Result.Laid(laid);
    }

    private String laid(List<Piece> pieces) {
        int before = 0;
        for (Piece piece : pieces) {
            Between between = between(before, piece.start());
            comments(between, piece.isKeyword() ? section.indent() : piece.indent());
            if (wantsBlankLine(piece, between)) {
                blankLine();
            }
            put(piece);
            section = piece.after();
            before = piece.end();
        }
        comments(between(before, text.length()), "");
        return out.toString();
    }

    /** Without semicolons that say nothing. */
    private Between between(int from, int to) {
        String stretch = text.substring(from, to);
        int semicolon = stretch.indexOf(';');
        boolean isWord = semicolon >= 0 && stretch.substring(0, semicolon).isBlank();
        return Between.of(isWord ? stretch.substring(semicolon + 1) : stretch);
    }

    private void comments(Between between, String indent) {
        boolean isFirst = true;
        for (Between.Comment comment : between.comments()) {
            boolean begins = isFirst && section == Section.FILE;
            isFirst = false;
            if (!comment.isOnALineOfItsOwn() && !out.isEmpty()) {
                out.insert(out.length() - 1, " " + comment.text());
                continue;
            }
            if (comment.followsABlankLine() || begins) {
                blankLine();
            }
            lines(comment.text(), indent);
        }
    }

    private boolean wantsBlankLine(Piece piece, Between between) {
        if (piece.section() != Section.FILE) {
            return between.hasBlankLine()
                    && !piece.isKeyword()
                    && !ends("when\n")
                    && !ends("then\n");
        }
        boolean isCommented =
                !between.comments().isEmpty() && between.comments().getLast().isOnALineOfItsOwn();
        return between.hasBlankLine() || (!isCommented && !piece.begins("import"));
    }

    private void blankLine() {
        if (!out.isEmpty() && !ends("\n\n")) {
            out.append('\n');
        }
    }

    private boolean ends(String with) {
        int from = out.length() - with.length();
        return from >= 0 && out.indexOf(with, from) == from;
    }

    private void put(Piece piece) {
        String written = text.substring(piece.start(), piece.end());
        if (hasComment(piece)) {
            lines(written, piece.indent());
        } else {
            piece.lines().forEach(line -> out.append(line).append('\n'));
        }
    }

    private boolean hasComment(Piece piece) {
        int before = piece.start();
        for (Token word : piece.words()) {
            if (!Between.of(text.substring(before, word.span().start())).comments().isEmpty()) {
                return true;
            }
            before = word.span().end();
        }
        return false;
    }

    /** As written, but for the indentation of the first line and blanks at the ends of lines. */
    private void lines(String written, String indent) {
        boolean isFirst = true;
        for (String line : written.split("\n", -1)) {
            out.append(isFirst ? indent : "").append(line.stripTrailing()).append('\n');
            isFirst = false;
        }
    }

    /** No word and no comment may be lost, whatever the layout does. */
    private static void requireTheSame(String before, String after) {
        if (!words(before).equals(words(after))) {
            throw new IllegalStateException("a layout that changes a policy");
        }
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        int before = 0;
        for (Token token : Tokenizer.tokens(text)) {
            Between.of(text.substring(before, token.span().start()))
                    .comments()
                    .forEach(it -> words.add(it.text().lines().map(String::strip).toList() + ""));
            before = token.span().end();
            if (token.kind() != Kind.END && !isIdle(token, words)) {
                words.add(token.text());
            }
        }
        return words;
    }

    /** A semicolon that does not end a statement. */
    private static boolean isIdle(Token token, List<String> words) {
        return token.is(";") && !words.getLast().equals(")");
    }
}
