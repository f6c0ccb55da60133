package dev.blast.rules.format;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands between two words of a file: comments and blanks.
 *
 * @param newlines ends of lines behind the last comment, or in all of it where there is none
 */
record Between(List<Comment> comments, int newlines) {

    /**
     * A comment.
     *
     * @param text without blanks around it
     * @param newlines ends of lines before it, since the word or comment before
     */
    record Comment(String text, int newlines) {
        boolean isOnALineOfItsOwn() {
            return newlines > 0;
        }

        boolean followsABlankLine() {
            return newlines > 1;
        }
    }

    /** Reads a stretch that has nothing else in it. */
    static Between of(String between) {
        var comments = new ArrayList<Comment>();
        int newlines = 0;
        int at = 0;
        while (at < between.length()) {
            if (between.startsWith("//", at) || between.startsWith("/*", at)) {
                int end = end(between, at);
                comments.add(new Comment(between.substring(at, end).strip(), newlines));
                newlines = 0;
                at = end;
            } else {
                newlines += between.charAt(at) == '\n' ? 1 : 0;
                at++;
            }
        }
        return new Between(List.copyOf(comments), newlines);
    }

    private static int end(String text, int at) {
        if (text.startsWith("/*", at)) {
            return text.indexOf("*/", at + 2) + 2;
        }
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    boolean hasBlankLine() {
        return newlines > 1;
    }
}
