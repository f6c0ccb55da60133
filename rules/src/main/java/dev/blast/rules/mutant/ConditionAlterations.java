package dev.blast.rules.mutant;

import dev.blast.rules.parse.Condition;
import dev.blast.rules.parse.Constraint;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be changed between {@code when} and {@code then}: each pattern left out, {@code not} and
 * {@code exists} exchanged, each constraint changed or left out.
 */
final class ConditionAlterations {
    private final Source source;

    ConditionAlterations(Source source) {
        this.source = source;
    }

    List<Altered<Condition>> of(Condition condition) {
        return switch (condition) {
            case Condition.Pattern it -> pattern(it);
            case Condition.Not(Span span, Condition inner) -> {
                var all = new ArrayList<Altered<Condition>>();
                all.add(exchanged(span, "exists", new Condition.Exists(span, inner)));
                of(inner).forEach(it -> all.add(it.in(part -> new Condition.Not(span, part))));
                yield all;
            }
            case Condition.Exists(Span span, Condition inner) -> {
                var all = new ArrayList<Altered<Condition>>();
                all.add(exchanged(span, "not", new Condition.Not(span, inner)));
                of(inner).forEach(it -> all.add(it.in(part -> new Condition.Exists(span, part))));
                yield all;
            }
            case Condition.And(Span span, List<Condition> parts) ->
                    parts(parts).stream()
                            .map(it -> it.<Condition>in(list -> new Condition.And(span, list)))
                            .toList();
            case Condition.Or(Span span, List<Condition> parts) ->
                    parts(parts).stream()
                            .map(it -> it.<Condition>in(list -> new Condition.Or(span, list)))
                            .toList();
        };
    }

    private Altered<Condition> exchanged(Span span, String word, Condition condition) {
        return new Altered<>(
                span, "%s instead of %s".formatted(word, Mutants.shown(source, span)), condition);
    }

    private List<Altered<List<Condition>>> parts(List<Condition> parts) {
        return Altered.each(
                parts,
                part -> {
                    var all = new ArrayList<Altered<Condition>>(of(part));
                    if (parts.size() > 1) {
                        all.add(Mutants.leftOut(source, part.span()));
                    }
                    return all;
                });
    }

    private List<Altered<Condition>> pattern(Condition.Pattern it) {
        FactType fact = Facts.named(it.fact().text()).orElseThrow();
        var alterations = new ConstraintAlterations(source, fact);
        return Altered.<Constraint>each(it.constraints(), alterations::ofPart).stream()
                .map(altered ->
                        altered.<Condition>in(constraints ->
                                new Condition.Pattern(
                                        it.span(), it.binding(), it.fact(), constraints)))
                .toList();
    }
}
