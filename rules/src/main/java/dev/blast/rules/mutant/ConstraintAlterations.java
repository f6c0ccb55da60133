package dev.blast.rules.mutant;

import dev.blast.rules.parse.Constraint;
import dev.blast.rules.parse.Operand;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.Type;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What can be changed in a constraint: it is negated, an order takes in its border or leaves it
 * out, a literal at a border moves by one unit, a listed value is left out.
 */
final class ConstraintAlterations {
    /**
     * Between two neighbours of these lies nothing, so that a border moved is a border taken in.
     */
    private static final Set<Type> WHOLE = EnumSet.of(Type.NUMBER, Type.SIZE, Type.DATE);

    private final Source source;
    private final FactType fact;

    /**
     * @param fact whose fields they compare
     */
    ConstraintAlterations(Source source, FactType fact) {
        this.source = source;
        this.fact = fact;
    }

    /** What can be changed, and that it is left out. A binding tests nothing. */
    List<Altered<Constraint>> ofPart(Constraint constraint) {
        if (constraint instanceof Constraint.Binding) {
            return List.of();
        }
        var all = new ArrayList<Altered<Constraint>>(of(constraint));
        all.add(Mutants.leftOut(source, constraint.span()));
        return all;
    }

    private List<Altered<Constraint>> of(Constraint constraint) {
        return switch (constraint) {
            case Constraint.Binding _ -> List.of();
            case Constraint.Comparison it -> comparison(it);
            case Constraint.Group(Span span, Constraint inner) ->
                    of(inner).stream()
                            .map(it -> it.<Constraint>in(part -> new Constraint.Group(span, part)))
                            .toList();
            case Constraint.All(Span span, List<Constraint> parts) ->
                    Altered.each(parts, this::ofPart).stream()
                            .map(it -> it.<Constraint>in(list -> new Constraint.All(span, list)))
                            .toList();
            case Constraint.Any(Span span, List<Constraint> parts) ->
                    Altered.each(parts, this::ofPart).stream()
                            .map(it -> it.<Constraint>in(list -> new Constraint.Any(span, list)))
                            .toList();
        };
    }

    private List<Altered<Constraint>> comparison(Constraint.Comparison it) {
        var all = new ArrayList<Altered<Constraint>>();
        all.add(with(it, negation(it.operator()), isNegated(it), it.values()));
        switch (it.operator()) {
            case LESS, AT_MOST, MORE, AT_LEAST -> {
                all.add(with(it, border(it.operator()), it.negated(), it.values()));
                for (int step : steps(it)) {
                    LiteralSteps.moved(it.values().getFirst(), type(it), step)
                            .ifPresent(value -> all.add(with(it, value)));
                }
            }
            case WITHIN, SATISFIES ->
                    LiteralSteps.patterns(it.operator(), it.values().getFirst())
                            .forEach(value -> all.add(with(it, value)));
            case IN -> {
                for (int i = 0; it.values().size() > 1 && i < it.values().size(); i++) {
                    var values = new ArrayList<Operand>(it.values());
                    Operand left = values.remove(i);
                    Altered<Constraint> out = Mutants.leftOut(source, left.span());
                    all.add(
                            new Altered<>(
                                    out.span(),
                                    out.change(),
                                    made(it, it.operator(), it.negated(), values)));
                }
            }
            case EQUAL, UNEQUAL, CONTAINS, MATCHES, GLOB, UNDER -> {}
        }
        return all;
    }

    /** Where a move does what taking in the border does already, it is not made. */
    private List<Integer> steps(Constraint.Comparison it) {
        if (!WHOLE.contains(type(it))) {
            return List.of(-1, 1);
        }
        return switch (it.operator()) {
            case LESS, AT_LEAST -> List.of(-1);
            case AT_MOST, MORE -> List.of(1);
            default -> List.of();
        };
    }

    private Type type(Constraint.Comparison it) {
        return fact.field(it.field().text()).map(Field::type).orElseThrow();
    }

    private static Operator negation(Operator operator) {
        return switch (operator) {
            case EQUAL -> Operator.UNEQUAL;
            case UNEQUAL -> Operator.EQUAL;
            case LESS -> Operator.AT_LEAST;
            case AT_MOST -> Operator.MORE;
            case MORE -> Operator.AT_MOST;
            case AT_LEAST -> Operator.LESS;
            case IN, CONTAINS, MATCHES, GLOB, UNDER, WITHIN, SATISFIES -> operator;
        };
    }

    private static boolean isNegated(Constraint.Comparison it) {
        return it.operator().isWord() != it.negated();
    }

    private static Operator border(Operator order) {
        return switch (order) {
            case LESS -> Operator.AT_MOST;
            case AT_MOST -> Operator.LESS;
            case MORE -> Operator.AT_LEAST;
            case AT_LEAST -> Operator.MORE;
            default -> throw new IllegalArgumentException(order + " is no order");
        };
    }

    private Altered<Constraint> with(Constraint.Comparison it, Operand value) {
        return with(it, it.operator(), it.negated(), List.of(value));
    }

    private Altered<Constraint> with(
            Constraint.Comparison it, Operator operator, boolean negated, List<Operand> values) {
        String change =
                "%s %s%s %s instead of %s"
                        .formatted(
                                it.field().text(),
                                negated ? "not " : "",
                                operator.written(),
                                written(it, values),
                                Mutants.shown(source, it.span()));
        return new Altered<>(it.span(), change, made(it, operator, negated, values));
    }

    private String written(Constraint.Comparison it, List<Operand> values) {
        if (values.equals(it.values())) {
            int start = values.getFirst().span().start();
            return it.operator() == Operator.IN
                    ? "( "
                            + Mutants.shown(source, new Span(start, values.getLast().span().end()))
                            + " )"
                    : Mutants.shown(source, new Span(start, values.getLast().span().end()));
        }
        return LiteralSteps.written(values.getFirst());
    }

    private static Constraint made(
            Constraint.Comparison it, Operator operator, boolean negated, List<Operand> values) {
        return new Constraint.Comparison(
                it.span(), it.field(), operator, negated, it.operatorSpan(), List.copyOf(values));
    }
}
