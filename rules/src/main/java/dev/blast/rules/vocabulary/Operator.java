package dev.blast.rules.vocabulary;

import java.util.Arrays;
import java.util.Optional;

/** The operators between a field and a value. Those with a word may be negated by {@code not}. */
public enum Operator {
    EQUAL("==", "is the same, in the form that its type has"),
    UNEQUAL("!=", "is another one, or not known"),
    LESS("<", "is less, older or earlier"),
    AT_MOST("<=", "is not more"),
    MORE(">", "is more, newer or later"),
    AT_LEAST(">=", "is not less"),
    IN("in", "is one of those in the parentheses"),
    CONTAINS("contains", "has it among its elements"),
    MATCHES("matches", "the whole of it matches a regular expression"),
    GLOB("glob", "matches a pattern: * inside one part, ** across parts, ? for one character"),
    UNDER("under", "is this path, or lies below it"),
    WITHIN("within", "lies in a range of addresses, as in \"10.0.0.0/8\""),
    SATISFIES("satisfies", "satisfies a version specifier, as in \">=2, <3\"");

    private final String written;
    private final String meaning;

    Operator(String written, String meaning) {
        this.written = written;
        this.meaning = meaning;
    }

    public String written() {
        return written;
    }

    /** One line for the reference: what holds of a field where it is true. */
    public String meaning() {
        return meaning;
    }

    public boolean isWord() {
        return Character.isLetter(written.charAt(0));
    }

    public static Optional<Operator> of(String written) {
        return Arrays.stream(values()).filter(it -> it.written.equals(written)).findFirst();
    }
}
