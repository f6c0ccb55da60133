package dev.blast.rules.assist;

import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Quoted;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a word.
 *
 * @param text as Markdown
 * @param field what the word means, where it is a field of a fact; else null
 */
public record Saying(Span word, String text, @Nullable Meant field) {
    /**
     * What Markdown could take for more than a letter: an image would be fetched, a link followed.
     */
    private static final Pattern SIGN = Pattern.compile("[\\\\`*_{}\\[\\]()<>#+!|~&:@./-]");

    /** A field of a fact, or a variable that stands for it. */
    public record Meant(FactType fact, Field field) {}

    Saying(Span word, String text) {
        this(word, text, null);
    }

    /** A text from a file, which may be a stranger's, as nothing but letters. */
    public static String letters(String text) {
        return SIGN.matcher(Quoted.plain(text)).replaceAll("\\\\$0");
    }

    /** The same of another word, which means it. */
    public Saying of(Span other) {
        return new Saying(other, text, field);
    }

    /** The same with more said. */
    public Saying with(String more) {
        return new Saying(word, text + more, field);
    }
}
