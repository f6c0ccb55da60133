package dev.blast.rules.vocabulary;

import dev.blast.packaging.Visible;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Texts from elsewhere, made fit for a terminal and for a rule: a host name is whatever a program
 * asked for.
 */
public final class Quoted {
    private static final Pattern SIMPLE = Pattern.compile("[^\\s,;:\"'`()\\[\\]{}\\\\]+");

    private Quoted() {}

    /** In double quotes, with everything escaped that could end them or steer a terminal. */
    public static String of(String text) {
        return '"' + plain(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    /** The same without quotes. */
    public static String plain(String text) {
        return Visible.of(text);
    }

    /**
     * A name among others, or in a sentence: in quotes where one would not see where it ends, as
     * with a space, a comma or a bracket in it.
     */
    public static String name(String text) {
        return SIMPLE.matcher(text).matches() && plain(text).equals(text) ? text : of(text);
    }

    /** As a literal of the policy language; empty where the language has no way to write it. */
    public static Optional<String> literal(String text) {
        return text.codePoints().allMatch(Visible::isVisible)
                ? Optional.of(of(text))
                : Optional.empty();
    }
}
