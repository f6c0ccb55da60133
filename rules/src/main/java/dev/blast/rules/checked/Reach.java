package dev.blast.rules.checked;

import dev.blast.rules.source.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a test looks at.
 *
 * @param slots the patterns
 * @param session whether it needs the session, as {@code ~} does
 */
public record Reach(Set<Integer> slots, boolean session) {

    public static Reach of(Check test) {
        return switch (test) {
            case Check.Comparison comparison -> {
                Reach reach = of(comparison.field());
                for (Value value : comparison.values()) {
                    reach = reach.and(of(value));
                }
                yield reach;
            }
            case Check.IsUnknown unknown -> of(unknown.field());
            case Check.All(Span _, List<Check> parts) -> ofAll(parts);
            case Check.Any(Span _, List<Check> parts) -> ofAll(parts);
        };
    }

    private static Reach ofAll(List<Check> parts) {
        return parts.stream().map(Reach::of).reduce(new Reach(Set.of(), false), Reach::and);
    }

    private static Reach of(Value value) {
        return switch (value) {
            case Value.Literal _ -> new Reach(Set.of(), false);
            case Value.LiteralPath _ -> new Reach(Set.of(), true);
            case Value.OfField field -> new Reach(Set.of(field.slot()), false);
            case Value.Computed computed -> of(computed.left()).and(of(computed.right()));
            case Value.LongerPath longer -> of(longer.path());
            case Value.Template template ->
                    template.parts().stream()
                            .map(part ->
                                    part instanceof Value inner
                                            ? of(inner)
                                            : new Reach(Set.of(), false))
                            .reduce(new Reach(Set.of(), false), Reach::and);
        };
    }

    private Reach and(Reach other) {
        Set<Integer> both = new HashSet<>(slots);
        both.addAll(other.slots);
        return new Reach(Set.copyOf(both), session || other.session);
    }

    /** Whether the fact of this one pattern is all that it needs. */
    public boolean isOnly(int slot) {
        return !session && slots.equals(Set.of(slot));
    }
}
