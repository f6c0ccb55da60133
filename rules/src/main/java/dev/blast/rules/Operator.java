package dev.blast.rules;

import java.util.Arrays;
import java.util.Optional;

/** The operators between a field and a value. Those with a word may be negated by {@code not}. */
enum Operator {
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

    String written() {
        return written;
    }

    boolean isWord() {
        return Character.isLetter(written.charAt(0));
    }

    static Optional<Operator> of(String written) {
        return Arrays.stream(values()).filter(it -> it.written.equals(written)).findFirst();
    }
}
