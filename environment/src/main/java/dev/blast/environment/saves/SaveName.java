package dev.blast.environment.saves;

import java.util.regex.Pattern;

/** What a save is called: a plain word, which is the name of a file too. */
public record SaveName(String text) {
    private static final int LONGEST = 100;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

    /**
     * See the class.
     *
     * @throws IllegalArgumentException where it is none
     */
    public SaveName {
        if (!isName(text)) {
            throw new IllegalArgumentException(
                    "'%s' is no name of a save: at most %d letters, digits, '.', '-' and '_', beginning with a letter, a digit or '_'"
                            .formatted(text, LONGEST));
        }
    }

    public static boolean isName(String text) {
        return text.length() <= LONGEST && WORD.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
