package dev.blast.rules.checked;

import dev.blast.rules.parse.Condition;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Conditions with {@code or} become several lists of conditions without it, each of which is a way
 * for the rule to match. Negation meets alternatives by De Morgan: {@code not ( A or B )} is {@code
 * not A} and {@code not B}.
 */
final class Alternatives {
    /** More ways than this in one rule are refused. */
    private static final int MAX = 64;

    private final Source source;

    Alternatives(Source source) {
        this.source = source;
    }

    List<List<Condition>> of(Condition condition) throws Flaw {
        return switch (condition) {
            case Condition.Pattern pattern -> List.of(List.of(pattern));
            case Condition.Not(Span span, Condition inner) -> {
                List<Condition> none = new ArrayList<>();
                for (List<Condition> way : of(inner)) {
                    none.add(not(span, way));
                }
                yield List.of(List.copyOf(none));
            }
            case Condition.Exists(Span span, Condition inner) ->
                    of(inner).stream().map(way -> List.of(exists(span, way))).toList();
            case Condition.Or(Span span, List<Condition> parts) -> {
                List<List<Condition>> all = new ArrayList<>();
                for (Condition part : parts) {
                    all.addAll(of(part));
                }
                yield bounded(span, all);
            }
            case Condition.And(Span span, List<Condition> parts) -> {
                List<List<Condition>> all = List.of(List.of());
                for (Condition part : parts) {
                    all = bounded(span, combine(all, of(part)));
                }
                yield all;
            }
        };
    }

    private List<List<Condition>> bounded(Span span, List<List<Condition>> ways) throws Flaw {
        if (ways.size() > MAX) {
            throw new Flaw(
                    source.diagnostic(
                            Code.TOO_MANY,
                            span,
                            "more than " + MAX + " ways to match",
                            "write several rules, or in ( … )"));
        }
        return ways;
    }

    private static List<List<Condition>> combine(
            List<List<Condition>> left, List<List<Condition>> right) {
        List<List<Condition>> all = new ArrayList<>();
        for (List<Condition> l : left) {
            for (List<Condition> r : right) {
                List<Condition> both = new ArrayList<>(l);
                both.addAll(r);
                all.add(List.copyOf(both));
            }
        }
        return all;
    }

    /** Neither a double negation nor a negated existence is left over. */
    private static Condition not(Span span, List<Condition> way) {
        if (way.size() == 1 && way.getFirst() instanceof Condition.Not(Span _, Condition inner)) {
            return new Condition.Exists(span, inner);
        }
        if (way.size() == 1
                && way.getFirst() instanceof Condition.Exists(Span _, Condition inner)) {
            return new Condition.Not(span, inner);
        }
        return new Condition.Not(span, new Condition.And(span, way));
    }

    private static Condition exists(Span span, List<Condition> way) {
        boolean bare = way.size() == 1 && !(way.getFirst() instanceof Condition.Pattern);
        return bare ? way.getFirst() : new Condition.Exists(span, new Condition.And(span, way));
    }
}
