package dev.blast.rules.checked;

import dev.blast.rules.source.Span;

/**
 * An evaluation cannot go on: a limit was hit, or a rule asked for what cannot be computed. Thrown
 * from inside the engine, whose callbacks know no checked exceptions; caught where a question is
 * asked, and there it is a deny.
 */
public final class Undecided extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Undecided(String message) {
        super(message);
    }

    /** The same, about a place of a rule. */
    public Undecided in(Rule rule, Span span) {
        return new Undecided(
                "%s in rule \"%s\" (%s)"
                        .formatted(getMessage(), rule.name(), rule.source().origin(span.start())));
    }
}
