package dev.blast.rules.trial;

import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.Type;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts that a pattern may stand for. They are guesses: whoever takes one looks whether the pattern
 * matches it.
 */
final class Samples {
    private static final Pattern CLASS = Pattern.compile("\\[([^\\]^\\\\])[^\\]]*\\]");
    private static final Pattern ALTERNATIVES = Pattern.compile("\\((?:\\?:)?([^()|]*)[^()]*\\)");
    private static final Pattern REPEATED = Pattern.compile("\\{(\\d+)[^}]*\\}");

    /** What may be left out, after a single sign. */
    private static final Pattern NOTHING = Pattern.compile("(?<!\\\\)[^\\\\)\\]}][*?]");

    private Samples() {}

    static List<Object> of(Operator operator, Type type, String pattern) {
        if (operator == Operator.MATCHES) {
            return List.of(
                    matched(pattern), matched(NOTHING.matcher(pattern).replaceAll("")), pattern);
        }
        String across = type == Type.HOST ? "x.y" : type == Type.PATH ? "x/y" : "xy";
        String deep = type == Type.HOST ? "x.y.z" : type == Type.PATH ? "x/y/z" : "xyz";
        String end = type == Type.HOST ? "z" : "x";
        return List.of(
                pattern.replace("**", across).replace("*", "x").replace('?', 'x'),
                pattern.replace("**/", "").replace("**", deep).replace("*", "x").replace('?', 'x'),
                pattern.replace("*", across).replace('?', 'x'),
                pattern.replace("**", "").replace("*", "").replace("?", ""),
                pattern.replace("**", across).replace("*", "x").replace('?', 'x') + end);
    }

    /** Each part of a regular expression as short as it may be. */
    private static String matched(String expression) {
        String text = expression.replace("\\d", "1").replace("\\w", "a").replace("\\s", " ");
        text = CLASS.matcher(text).replaceAll(it -> Matcher.quoteReplacement(it.group(1)));
        String before;
        do {
            before = text;
            text = ALTERNATIVES.matcher(text).replaceAll("$1");
        } while (!before.equals(text));
        text = REPEATED.matcher(text).replaceAll("");
        return text.replaceAll("(?<!\\\\)\\.[*+]?", "x")
                .replaceAll("(?<!\\\\)[*+?^$]", "")
                .replaceAll("\\\\(.)", "$1");
    }
}
