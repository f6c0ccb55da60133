package dev.blast.rules.vocabulary;

import java.util.Arrays;
import java.util.Optional;

/** The operators between a field and a value. Those with a word may be negated by {@code not}. */
public enum Operator {
    EQUAL("=="),
    UNEQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">="),
    IN("in"),
    CONTAINS("contains"),
    MATCHES("matches"),
    GLOB("glob"),
    UNDER("under"),
    WITHIN("within"),
    SATISFIES("satisfies");

    private final String written;

    Operator(String written) {
        this.written = written;
    }

    public String written() {
        return written;
    }

    public boolean isWord() {
        return Character.isLetter(written.charAt(0));
    }

    public static Optional<Operator> of(String written) {
        return Arrays.stream(values()).filter(it -> it.written.equals(written)).findFirst();
    }
}
