package dev.blast.rules.engine;

import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Reach;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Rule.Branch;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.FactType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.drools.model.Consequence;
import org.drools.model.DSL;
import org.drools.model.Index.ConstraintType;
import org.drools.model.PatternDSL;
import org.drools.model.PatternDSL.PatternDefImpl;
import org.drools.model.RuleItemBuilder;
import org.drools.model.Variable;
import org.drools.model.consequences.ConsequenceImpl;
import org.drools.model.view.ViewItem;
import org.jspecify.annotations.Nullable;

/**
 * Lowers one way to match to a rule of Drools' canonical model. It begins with the evaluation
 * itself, on which everything is tried that needs only what there is one of; the other patterns
 * become patterns, their tests predicates that evaluate our own tree, the consequence records
 * answers. No text reaches Drools.
 *
 * <p>Tests on literals alone become alpha constraints of their pattern, which rules share where
 * they are written alike. Everything else, and the evaluation's limits, is one join constraint for
 * each pattern.
 */
final class Lowering {
    private final Way way;
    private final Rule rule;
    private final Branch branch;

    /** The facts that there is one of each. */
    private final List<FactType> single;

    private final Variable<Asked> asked = DSL.declarationOf(Asked.class);
    private final @Nullable Variable<?>[] facts;

    /** By slot: the place of its fact among those that there is one of each; below 0 for others. */
    private final int[] places;

    /** Tests on what there is one of, with more patterns than that. */
    private final List<Check> later = new ArrayList<>();

    private Lowering(Way way, List<FactType> single) {
        this.way = way;
        this.rule = way.rule();
        this.branch = way.branch();
        this.single = single;
        facts = new Variable<?>[branch.slots()];
        places = new int[branch.slots()];
        Arrays.fill(places, -1);
    }

    /**
     * @param keyed whether it is tried only where it is asked for by its number
     */
    static org.drools.model.Rule lower(Way way, List<FactType> single, boolean keyed) {
        return new Lowering(way, single).rule(keyed);
    }

    private org.drools.model.Rule rule(boolean keyed) {
        List<RuleItemBuilder<?>> items = new ArrayList<>();
        items.add(evaluation(keyed));
        items.addAll(items(branch.elements().stream().filter(it -> !isSingle(it)).toList()));
        items.add(consequence());
        return PatternDSL.rule("way " + way.number())
                .build(items.toArray(RuleItemBuilder<?>[]::new));
    }

    private boolean isSingle(Element element) {
        return Way.isSingle(element, single);
    }

    private ViewItem<?> evaluation(boolean keyed) {
        List<Check> now = new ArrayList<>();
        for (Element element : branch.elements()) {
            if (isSingle(element)) {
                var match = (Element.Match) element;
                places[match.slot()] = single.indexOf(match.fact());
                for (Check test : match.tests()) {
                    boolean reached =
                            Reach.of(test).slots().stream().allMatch(slot -> places[slot] >= 0);
                    (reached ? now : later).add(test);
                }
            }
        }
        var pattern = new PatternDefImpl<>(asked);
        if (keyed) {
            int number = way.number();
            pattern.expr(
                    "number " + number,
                    it -> it.way() == number,
                    PatternDSL.alphaIndexedBy(
                            Integer.class, ConstraintType.EQUAL, 0, Asked::way, number));
        }
        add(
                pattern,
                new Predicate(
                        "way " + way.number(),
                        new Variable<?>[] {asked},
                        arguments -> {
                            var running = ((Asked) arguments[0]).decision();
                            running.step();
                            return hasFacts(running) && hold(now, frame(running, List.of()));
                        }));
        return pattern;
    }

    private boolean hasFacts(Decision running) {
        for (int place : places) {
            if (place >= 0 && running.single(place) == null) {
                return false;
            }
        }
        return true;
    }

    private List<ViewItem<?>> items(List<Element> elements) {
        List<ViewItem<?>> items = new ArrayList<>();
        for (Element element : elements) {
            items.add(
                    switch (element) {
                        case Element.Match match -> pattern(match);
                        case Element.Absent(Span _, List<Element> parts) -> DSL.not(all(parts));
                        case Element.Present(Span _, List<Element> parts) -> DSL.exists(all(parts));
                    });
        }
        return items;
    }

    private ViewItem<?> all(List<Element> parts) {
        List<ViewItem<?>> items = items(parts);
        return items.size() == 1
                ? items.getFirst()
                : DSL.and(
                        items.getFirst(),
                        items.subList(1, items.size()).toArray(ViewItem<?>[]::new));
    }

    private ViewItem<?> pattern(Element.Match match) {
        Variable<Object> fact = declare(match);
        var pattern = new PatternDefImpl<>(fact);
        List<Check> joined = new ArrayList<>();
        for (Check test : match.tests()) {
            if (Reach.of(test).isOnly(match.slot())) {
                add(
                        pattern,
                        new Predicate(
                                alphaName(match, test),
                                new Variable<?>[] {fact},
                                found -> {
                                    Effort.RUNNING.get().test();
                                    return holds(test, frame(null, List.of(match.slot()), found));
                                }));
            } else {
                joined.add(test);
            }
        }
        for (Check test : List.copyOf(later)) {
            if (Reach.of(test).slots().stream()
                    .allMatch(slot -> places[slot] >= 0 || facts[slot] != null)) {
                joined.add(test);
                later.remove(test);
            }
        }
        add(pattern, join(match, joined, fact));
        return pattern;
    }

    @SuppressWarnings("unchecked")
    private Variable<Object> declare(Element.Match match) {
        var variable = (Variable<Object>) DSL.declarationOf(match.fact().record());
        facts[match.slot()] = variable;
        return variable;
    }

    /**
     * Tests with the same words on the same fact are one node of the network, whichever rule they
     * come from.
     */
    private String alphaName(Element.Match match, Check test) {
        String words = rule.source().text(test.span());
        String suffix =
                words.indexOf('$') < 0 ? "" : " in " + rule.origin() + ":" + test.span().start();
        return match.fact().name() + "(" + words + ")" + suffix;
    }

    private Predicate join(Element.Match match, List<Check> tests, Variable<Object> fact) {
        Set<Integer> others = new TreeSet<>();
        tests.forEach(test -> others.addAll(Reach.of(test).slots()));
        others.removeIf(slot -> slot == match.slot() || places[slot] >= 0);
        List<Integer> slots = new ArrayList<>(List.of(match.slot()));
        slots.addAll(others);
        List<Variable<?>> variables = new ArrayList<>(List.of(fact));
        others.forEach(slot -> variables.add(variable(slot)));
        variables.add(asked);
        String name = "way " + way.number() + ":" + match.slot();
        return new Predicate(
                name,
                variables.toArray(Variable<?>[]::new),
                arguments -> {
                    var running = ((Asked) arguments[arguments.length - 1]).decision();
                    running.step();
                    return hold(tests, frame(running, slots, arguments));
                });
    }

    private boolean hold(List<Check> tests, Frame frame) {
        for (Check test : tests) {
            if (!holds(test, frame)) {
                return false;
            }
        }
        return true;
    }

    /** What cannot be computed is said with its place. */
    private boolean holds(Check test, Frame frame) {
        try {
            return test.holds(frame);
        } catch (Undecided e) {
            throw e.in(rule, test.span());
        }
    }

    private RuleItemBuilder<Consequence> consequence() {
        List<Integer> slots = new ArrayList<>();
        List<Variable<?>> variables = new ArrayList<>();
        for (Element element : branch.elements()) {
            if (element instanceof Element.Match match && !isSingle(match)) {
                slots.add(match.slot());
                variables.add(variable(match.slot()));
            }
        }
        variables.add(asked);
        return () ->
                new ConsequenceImpl(
                        arguments -> {
                            var running = ((Asked) arguments[arguments.length - 1]).decision();
                            running.fire(way, frame(running, slots, arguments));
                        },
                        variables.toArray(Variable<?>[]::new),
                        false,
                        false,
                        "java");
    }

    private Frame frame(@Nullable Decision decision, List<Integer> slots, Object... arguments) {
        @Nullable Object[] bySlot = new Object[branch.slots()];
        if (decision != null) {
            for (int slot = 0; slot < bySlot.length; slot++) {
                if (places[slot] >= 0) {
                    bySlot[slot] = decision.single(places[slot]);
                }
            }
        }
        for (int i = 0; i < slots.size(); i++) {
            bySlot[slots.get(i)] = arguments[i];
        }
        return new Frame(decision == null ? null : decision.session(), bySlot);
    }

    private Variable<?> variable(int slot) {
        Variable<?> variable = facts[slot];
        if (variable == null) {
            throw new IllegalStateException(
                    "pattern " + slot + " of rule " + rule.name() + " is not lowered yet");
        }
        return variable;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void add(PatternDefImpl<?> pattern, Predicate predicate) {
        ((List) pattern.getItems()).add(new Predicate.Item(predicate));
    }
}
