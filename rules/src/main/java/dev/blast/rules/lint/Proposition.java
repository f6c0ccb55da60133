package dev.blast.rules.lint;

import java.util.List;

/** What has to be true for a rule to answer. Negation stands in claims alone. */
sealed interface Proposition {
    record Said(Claim claim) implements Proposition {}

    record All(List<Proposition> parts) implements Proposition {}

    record Any(List<Proposition> parts) implements Proposition {}

    /** There is a distribution of which this is true. */
    record Some(Proposition inner) implements Proposition {}

    /** There is no distribution of which this is true. */
    record None(Proposition inner) implements Proposition {}

    default Proposition not() {
        return switch (this) {
            case Said(Claim claim) -> new Said(claim.not());
            case All(List<Proposition> parts) -> new Any(negated(parts));
            case Any(List<Proposition> parts) -> new All(negated(parts));
            case Some(Proposition inner) -> new None(inner);
            case None(Proposition inner) -> new Some(inner);
        };
    }

    private static List<Proposition> negated(List<Proposition> parts) {
        return parts.stream().map(Proposition::not).toList();
    }
}
