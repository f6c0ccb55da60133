package dev.blast.rules.checked;

import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Operator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds patterns that nothing can match, because two of their constraints on one field exclude each
 * other: listed values that another constraint refuses, bounds that have nothing between them, a
 * value where there must be none. Time is linear in the constraints; what would cost more is not
 * looked at, and then a remark is missing.
 */
public final class Contradictions {
    /** Characters of values times characters of the patterns that they are held against. */
    private static final int MAX_WORK = 20_000_000;

    private long work;

    public List<Diagnostic> in(Rule rule) {
        List<Diagnostic> found = new ArrayList<>();
        for (Rule.Branch branch : rule.branches()) {
            for (Element element : branch.elements()) {
                if (element instanceof Element.Match match) {
                    in(rule.source(), match).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private Optional<Diagnostic> in(Source source, Element.Match match) {
        Map<Field, List<Check>> byField = new LinkedHashMap<>();
        match.tests().forEach(test -> sort(test, byField));
        return byField.values().stream()
                .map(this::conflict)
                .flatMap(Optional::stream)
                .map(pair ->
                        source.diagnostic(
                                Code.NEVER_FIRES,
                                match.span(),
                                "never fires: %s and %s at once"
                                        .formatted(
                                                source.text(pair.one().span()),
                                                source.text(pair.other().span()))))
                .findFirst();
    }

    /** Only what holds whatever else does: alternatives are left out. */
    private static void sort(Check test, Map<Field, List<Check>> byField) {
        switch (test) {
            case Check.Comparison it -> {
                if (it.values().stream().allMatch(Value.Literal.class::isInstance)) {
                    byField.computeIfAbsent(it.field().field(), _ -> new ArrayList<>()).add(it);
                }
            }
            case Check.IsUnknown it ->
                    byField.computeIfAbsent(it.field().field(), _ -> new ArrayList<>()).add(it);
            case Check.All(Span _, List<Check> parts) -> parts.forEach(part -> sort(part, byField));
            case Check.Any _ -> {}
        }
    }

    private record Pair(Check one, Check other) {}

    private Optional<Pair> conflict(List<Check> tests) {
        return unknown(tests).or(() -> between(tests)).or(() -> listed(tests));
    }

    /** {@code == null} beside a constraint that only a value passes. */
    private static Optional<Pair> unknown(List<Check> tests) {
        @Nullable Check absent = null;
        @Nullable Check present = null;
        for (Check test : tests) {
            boolean isAbsent = test instanceof Check.IsUnknown it && !it.negated();
            boolean isPresent =
                    test instanceof Check.IsUnknown unknown
                            ? unknown.negated()
                            : test instanceof Check.Comparison known && !known.negated();
            absent = isAbsent ? test : absent;
            present = isPresent ? test : present;
        }
        return absent != null && present != null
                ? Optional.of(new Pair(absent, present))
                : Optional.empty();
    }

    /** A lower bound that is not below the upper one. */
    private static Optional<Pair> between(List<Check> tests) {
        Check.@Nullable Comparison lower = null;
        Check.@Nullable Comparison upper = null;
        for (Check test : tests) {
            if (test instanceof Check.Comparison it && !it.negated()) {
                switch (it.operator()) {
                    case MORE, AT_LEAST -> lower = tighter(lower, it, 1, Operator.MORE);
                    case LESS, AT_MOST -> upper = tighter(upper, it, -1, Operator.LESS);
                    case EQUAL, UNEQUAL, IN, CONTAINS, MATCHES, GLOB, UNDER, WITHIN, SATISFIES -> {}
                }
            }
        }
        if (lower == null || upper == null) {
            return Optional.empty();
        }
        int order = order(lower, upper);
        boolean strict = lower.operator() == Operator.MORE || upper.operator() == Operator.LESS;
        return order > 0 || (order == 0 && strict)
                ? Optional.of(new Pair(lower, upper))
                : Optional.empty();
    }

    private static Check.Comparison tighter(
            Check.@Nullable Comparison known, Check.Comparison it, int direction, Operator strict) {
        if (known == null) {
            return it;
        }
        int order = order(it, known) * direction;
        return order > 0 || (order == 0 && it.operator() == strict) ? it : known;
    }

    @SuppressWarnings("unchecked")
    private static int order(Check.Comparison a, Check.Comparison b) {
        Object left = ((Value.Literal) a.values().getFirst()).value();
        return ((Comparable<Object>) left)
                .compareTo(((Value.Literal) b.values().getFirst()).value());
    }

    /** The shortest list of values, none of which another constraint lets pass. */
    private Optional<Pair> listed(List<Check> tests) {
        Map<Check.Comparison, Set<Object>> lists = new HashMap<>();
        Check.@Nullable Comparison shortest = null;
        for (Check test : tests) {
            if (test instanceof Check.Comparison it && lists(it)) {
                lists.put(it, values(it));
                if (!it.negated()
                        && (shortest == null || it.values().size() < shortest.values().size())) {
                    shortest = it;
                }
            }
        }
        if (shortest == null) {
            return Optional.empty();
        }
        for (Check test : tests) {
            if (test instanceof Check.Comparison other
                    && !other.equals(shortest)
                    && !anyPasses(shortest, other, lists.get(other))) {
                return Optional.of(new Pair(shortest, other));
            }
        }
        return Optional.empty();
    }

    private static boolean lists(Check.Comparison it) {
        return it.operator() == Operator.EQUAL || it.operator() == Operator.IN;
    }

    private static Set<Object> values(Check.Comparison it) {
        Set<Object> values = new HashSet<>();
        for (Value value : it.values()) {
            Object literal = ((Value.Literal) value).value();
            values.add(literal instanceof BigDecimal n ? n.stripTrailingZeros() : literal);
        }
        return values;
    }

    private boolean anyPasses(
            Check.Comparison fixed, Check.Comparison other, @Nullable Set<Object> listed) {
        Frame nowhere = new Frame(null, new Object[0]);
        for (Object value : values(fixed)) {
            boolean passes;
            if (listed != null) {
                passes = listed.contains(value);
            } else {
                work += (long) length(other.span()) * value.toString().length();
                if (work > MAX_WORK) {
                    return true;
                }
                passes = other.matcher().matches(value, nowhere);
            }
            if (passes != other.negated()) {
                return true;
            }
        }
        return false;
    }

    private static int length(Span span) {
        return span.end() - span.start();
    }
}
