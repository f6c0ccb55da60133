package dev.blast.rules.explain;

import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Frame;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A value for a field that makes one comparison come out as wanted, where an obvious one exists.
 */
final class Substitute {
    private Substitute() {}

    /**
     * Empty where no single value suggests itself: for patterns, for what must merely be different.
     */
    static Optional<Object> making(Check.Comparison it, boolean holds, Frame frame) {
        boolean wanted = holds != it.negated();
        Object expected = it.values().getFirst().in(frame);
        if (expected == null) {
            return Optional.empty();
        }
        return switch (it.operator()) {
            case EQUAL, IN, UNDER -> wanted ? Optional.of(expected) : opposite(expected);
            case LESS -> step(expected, wanted ? -1 : 0);
            case AT_MOST -> step(expected, wanted ? 0 : 1);
            case MORE -> step(expected, wanted ? 1 : 0);
            case AT_LEAST -> step(expected, wanted ? 0 : -1);
            case CONTAINS -> wanted ? Optional.of(List.of(expected)) : Optional.empty();
            case UNEQUAL, MATCHES, GLOB, WITHIN, SATISFIES -> Optional.empty();
        };
    }

    private static Optional<Object> opposite(Object value) {
        return value instanceof Boolean flag ? Optional.of(!flag) : Optional.empty();
    }

    private static Optional<Object> step(Object value, int by) {
        return value instanceof BigDecimal number
                ? Optional.of(number.add(BigDecimal.valueOf(by)))
                : by == 0 ? Optional.of(value) : Optional.empty();
    }
}
