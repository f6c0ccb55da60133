package dev.blast.rules.assist;

import dev.blast.rules.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which rules the cases of a test file name, whole or not, and where. */
public final class CaseOutline {
    private static final Pattern BECAUSE =
            Pattern.compile(
                    "(?m)^[ \\t]*because[ \\t]*=[ \\t]*(\"(?:[^\"\\\\\\n]|\\\\.)*\"|'[^'\\n]*')");

    private static final Pattern CASE = Pattern.compile("(?m)^[ \\t]*\\[\\[[ \\t]*case[ \\t]*]]");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private CaseOutline() {}

    /**
     * A rule that a case names.
     *
     * @param name of the rule
     * @param span with its quotes
     */
    public record Mention(String name, Span span) {}

    /** In their order. */
    public static List<Mention> of(String text) {
        return BECAUSE.matcher(text)
                .results()
                .map(it -> new Mention(plain(it.group(1)), new Span(it.start(1), it.end(1))))
                .toList();
    }

    /** The rule that is named at a place. */
    public static Optional<Mention> at(String text, int offset) {
        return of(text).stream()
                .filter(it -> it.span().start() <= offset && offset <= it.span().end())
                .findFirst();
    }

    /** Where cases begin. */
    static List<Integer> cases(String text) {
        return CASE.matcher(text).results().map(it -> it.start()).toList();
    }

    /** What stands between quotes, in a policy file or in a test file. */
    static String plain(String quoted) {
        String inner = quoted.substring(1, quoted.length() - 1);
        return quoted.startsWith("\"") ? ESCAPED.matcher(inner).replaceAll("$1") : inner;
    }
}
