package dev.blast.rules.lint;

import dev.blast.packaging.VersionSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values of some fields with which a rule may fire. Where another rule certainly does not fire with
 * them, it does not follow, and that is found out quickly.
 */
final class Sample {
    private final Map<FieldAt, Object> values = new HashMap<>();

    /**
     * Chooses values.
     *
     * @param claims what is said of them
     * @param greatest of numbers the greatest rather than the least
     */
    Sample(List<Claim> claims, boolean greatest) {
        Map<FieldAt, Intervals> numbers = new HashMap<>();
        Map<FieldAt, VersionSet> versions = new HashMap<>();
        for (Claim claim : claims) {
            FieldAt at = claim.at();
            boolean negated = claim.negated();
            switch (claim.meaning()) {
                case Meaning.Numbers(Intervals it) ->
                        numbers.merge(
                                at, at.numbers().and(negated ? it.not() : it), Intervals::and);
                case Meaning.Versions(VersionSet it) ->
                        versions.merge(at, negated ? it.not() : it, VersionSet::and);
                case Meaning.Texts(String base, Set<String> texts) -> {
                    if (!negated) {
                        values.put(at, new Meaning.Text(base, texts.iterator().next()));
                    }
                }
                case Meaning.Shaped(String base, Shape shape) -> {
                    if (!negated) {
                        values.putIfAbsent(at, new Meaning.Text(base, shape.sample()));
                    }
                }
                case Meaning.Unknown _,
                        Meaning.Tested _,
                        Meaning.Holding _,
                        Meaning.Relative _ -> {}
            }
        }
        numbers.forEach((at, it) -> {
            if (!it.isEmpty()) {
                List<Intervals.Range> ranges = it.ranges();
                values.put(at, greatest ? ranges.getLast().to() : ranges.getFirst().from());
            }
        });
        versions.forEach((at, it) -> it.least().ifPresent(least -> values.put(at, least)));
    }

    /** False where it is certainly not so. */
    boolean mayHold(Proposition proposition) {
        return switch (proposition) {
            case Proposition.Said(Claim claim) -> mayHold(claim);
            case Proposition.All(List<Proposition> parts) -> parts.stream().allMatch(this::mayHold);
            case Proposition.Any(List<Proposition> parts) -> parts.stream().anyMatch(this::mayHold);
            case Proposition.Some _, Proposition.None _ -> true;
        };
    }

    /** False where it is certainly not so. */
    boolean mayHold(Claim claim) {
        @Nullable Object value = values.get(claim.at());
        @Nullable Boolean holds = value == null ? null : claim.meaning().holds(value);
        return holds == null || holds != claim.negated();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sample sample && values.equals(sample.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
