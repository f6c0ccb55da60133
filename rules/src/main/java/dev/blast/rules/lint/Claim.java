package dev.blast.rules.lint;

/** The value of a field is one that the meaning stands for, or is none of them. */
record Claim(FieldAt at, Meaning meaning, boolean negated) {
    Claim not() {
        return new Claim(at, meaning, !negated);
    }
}
