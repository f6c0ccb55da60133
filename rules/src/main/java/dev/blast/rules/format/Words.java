package dev.blast.rules.format;

import dev.blast.rules.parse.Token;
import dev.blast.rules.parse.Token.Kind;
import java.util.List;
import java.util.Set;

/** Which words of one piece of a file stand apart, and which touch. Pure. */
final class Words {
    /** Words before which a parenthesis opens a list or a group, and not what belongs to a name. */
    private static final Set<String> APART =
            Set.of(
                    "in",
                    "not",
                    "exists",
                    "and",
                    "or",
                    "contains",
                    "matches",
                    "glob",
                    "under",
                    "within",
                    "satisfies");

    private Words() {}

    /** The words on one line. */
    static String line(List<Token> words) {
        var line = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            if (i > 0 && areApart(words, i)) {
                line.append(' ');
            }
            line.append(words.get(i).text());
        }
        return line.toString();
    }

    /** Whether a blank stands before a word that is not the first. */
    private static boolean areApart(List<Token> words, int at) {
        Token word = words.get(at);
        Token before = words.get(at - 1);
        boolean isAnnotation = words.getFirst().text().equals("@");
        return switch (word.text()) {
            case ",", ";", "." -> false;
            case "(" -> before.kind() != Kind.WORD || APART.contains(before.text());
            case ")" -> !isAnnotation && !isEmptyCall(words, at);
            default ->
                    switch (before.text()) {
                        case "@", ".", "!" -> false;
                        case "(" -> !isAnnotation;
                        case "-", "+" -> at > 1 && isOperand(words.get(at - 2));
                        default -> true;
                    };
        };
    }

    /** {@code allow()}; a fact without constraints has a blank: {@code Session( )}. */
    private static boolean isEmptyCall(List<Token> words, int at) {
        return words.get(at - 1).text().equals("(")
                && at > 1
                && Character.isLowerCase(words.get(at - 2).text().charAt(0));
    }

    private static boolean isOperand(Token word) {
        return switch (word.kind()) {
            case NUMBER, TEXT, VARIABLE -> true;
            case WORD -> !APART.contains(word.text());
            case SYMBOL, BROKEN, END -> word.text().equals(")");
        };
    }
}
