package dev.blast.rules.lint;

import dev.blast.rules.vocabulary.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules that may fire wherever another does: one that wants a field to be one of a few values
 * is looked for by these.
 */
final class WiderRules {
    private static final Comparator<RuleCondition> BY_PLACE =
            Comparator.comparingInt(RuleCondition::place);

    private final List<RuleCondition> others = new ArrayList<>();
    private final Map<Key, List<RuleCondition>> byValue = new HashMap<>();

    private record Key(FieldAt at, String value) {}

    WiderRules(List<RuleCondition> conditions) {
        for (RuleCondition condition : conditions) {
            Optional<Claim> listed =
                    condition.needed().stream().filter(it -> !values(it).isEmpty()).findFirst();
            if (listed.isPresent()) {
                for (String value : values(listed.get())) {
                    byValue.computeIfAbsent(
                                    new Key(listed.get().at(), value), _ -> new ArrayList<>())
                            .add(condition);
                }
            } else {
                others.add(condition);
            }
        }
    }

    /** By place. */
    List<RuleCondition> of(RuleCondition own) {
        var found = new TreeSet<RuleCondition>(BY_PLACE);
        for (Claim claim : own.chosen()) {
            values(claim).stream()
                    .findFirst()
                    .ifPresent(value -> {
                        @Nullable List<RuleCondition> known =
                                byValue.get(new Key(claim.at(), value));
                        found.addAll(known == null ? List.of() : known);
                    });
        }
        if (found.isEmpty()) {
            return others;
        }
        found.addAll(others);
        return List.copyOf(found);
    }

    /** What a field must be one of; empty where that is anything. */
    private static Collection<String> values(Claim claim) {
        Type type = claim.at().field().type();
        if (claim.negated() || type == Type.FLAG || type == Type.CHOICE) {
            return List.of();
        }
        return switch (claim.meaning()) {
            case Meaning.Texts it -> it.texts();
            case Meaning.Numbers(Intervals numbers) -> numbers(numbers);
            default -> List.of();
        };
    }

    private static List<String> numbers(Intervals numbers) {
        boolean single =
                numbers.ranges().stream().allMatch(range -> range.from().equals(range.to()));
        return single
                ? numbers.ranges().stream()
                        .map(Intervals.Range::from)
                        .map(BigInteger::toString)
                        .toList()
                : List.of();
    }
}
