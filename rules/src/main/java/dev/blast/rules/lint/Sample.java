package dev.blast.rules.lint;

import dev.blast.packaging.Version;
import dev.blast.packaging.VersionSet;
import dev.blast.rules.vocabulary.Type;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values of some fields with which a rule may fire. Where another rule certainly does not fire with
 * them, it does not follow, and that is found out quickly.
 */
final class Sample {
    /** What hardly any rule names: with it a rule fires as well that says nothing of the field. */
    private static final Map<Type, Object> RARE =
            Map.of(
                    Type.HOST, new Meaning.Text("", "rare.example.invalid"),
                    Type.TEXT, new Meaning.Text("", "rare text"),
                    Type.NAME, new Meaning.Text("", "rare-name"),
                    Type.VERSION, Version.parse("48613.7"),
                    Type.NUMBER, BigInteger.valueOf(48_613));

    private final Map<FieldAt, Object> values = new HashMap<>();

    /** The fields of which anything is said. */
    private final Set<FieldAt> said = new HashSet<>();

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
            said.add(at);
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
            case Proposition.All(List<Proposition> parts) -> !holds(parts, false);
            case Proposition.Any(List<Proposition> parts) -> holds(parts, true);
            case Proposition.Some _, Proposition.None _ -> true;
        };
    }

    /** Whether one of them may hold, or may not; this is asked of each two rules. */
    private boolean holds(List<Proposition> parts, boolean wanted) {
        for (Proposition part : parts) {
            if (mayHold(part) == wanted) {
                return true;
            }
        }
        return false;
    }

    /** False where it is certainly not so. */
    boolean mayHold(Claim claim) {
        FieldAt at = claim.at();
        @Nullable Object value = said.contains(at) ? values.get(at) : RARE.get(at.field().type());
        @Nullable Boolean holds = value == null ? null : claim.meaning().holds(value);
        return holds == null || holds != claim.negated();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sample sample
                && values.equals(sample.values)
                && said.equals(sample.said);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
