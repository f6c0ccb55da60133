package dev.blast.rules.engine;

import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Reach;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Rule.Branch;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.drools.model.Consequence;
import org.drools.model.Constraint;
import org.drools.model.DSL;
import org.drools.model.Model;
import org.drools.model.PatternDSL;
import org.drools.model.RuleItemBuilder;
import org.drools.model.SingleConstraint;
import org.drools.model.Variable;
import org.drools.model.consequences.ConsequenceImpl;
import org.drools.model.constraints.AbstractSingleConstraint;
import org.drools.model.functions.Predicate1;
import org.drools.model.functions.Predicate2;
import org.drools.model.functions.Predicate3;
import org.drools.model.functions.Predicate4;
import org.drools.model.functions.Predicate5;
import org.drools.model.functions.PredicateInformation;
import org.drools.model.functions.PredicateN;
import org.drools.model.impl.ModelComponent;
import org.drools.model.impl.ModelImpl;
import org.drools.model.view.ViewItem;
import org.jspecify.annotations.Nullable;

/**
 * Lowers checked rules to Drools' canonical model: the patterns become patterns, the tests become
 * predicates that evaluate our own tree, the consequence records answers. No text reaches Drools.
 *
 * <p>Tests on literals alone become alpha constraints, which rules share where they are written
 * alike. Everything else, and the evaluation's limits, is one join constraint for each pattern.
 */
final class Lowering {
    private final Rule rule;
    private final Branch branch;
    private final Variable<Decision> decision = DSL.declarationOf(Decision.class);
    private final @Nullable Variable<?>[] facts;

    private Lowering(Rule rule, Branch branch) {
        this.rule = rule;
        this.branch = branch;
        facts = new Variable<?>[branch.slots()];
    }

    static Model model(Collection<Rule> rules) {
        var model = new ModelImpl();
        int number = 0;
        for (Rule rule : rules) {
            for (Branch branch : rule.branches()) {
                model.addRule(new Lowering(rule, branch).lower("rule " + number++));
            }
        }
        return model;
    }

    private org.drools.model.Rule lower(String name) {
        List<RuleItemBuilder<?>> items = new ArrayList<>();
        items.add(PatternDSL.pattern(decision));
        items.addAll(items(branch.elements()));
        items.add(consequence());
        return PatternDSL.rule(name).build(items.toArray(RuleItemBuilder<?>[]::new));
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
        var pattern = new PatternDSL.PatternDefImpl<>(fact);
        List<Check> joined = new ArrayList<>();
        for (Check test : match.tests()) {
            if (Reach.of(test).isOnly(match.slot())) {
                pattern.getItems()
                        .add(
                                new Item(
                                        new Predicate(
                                                alphaName(match, test),
                                                new Variable<?>[] {fact},
                                                facts -> {
                                                    Effort.RUNNING.get().test();
                                                    return holds(
                                                            test,
                                                            frame(
                                                                    null,
                                                                    List.of(match.slot()),
                                                                    facts));
                                                })));
            } else {
                joined.add(test);
            }
        }
        pattern.getItems().add(new Item(join(match, joined, fact)));
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
        others.remove(match.slot());
        List<Integer> slots = new ArrayList<>(List.of(match.slot()));
        slots.addAll(others);
        List<Variable<?>> variables = new ArrayList<>(List.of(fact));
        others.forEach(slot -> variables.add(variable(slot)));
        variables.add(decision);
        String name = rule.origin() + ":" + match.span().start() + ":" + match.slot();
        return new Predicate(
                name,
                variables.toArray(Variable<?>[]::new),
                arguments -> {
                    var running = (Decision) arguments[arguments.length - 1];
                    running.step();
                    Frame frame = frame(running, slots, arguments);
                    return tests.stream().allMatch(test -> holds(test, frame));
                });
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
            if (element instanceof Element.Match match) {
                slots.add(match.slot());
                variables.add(variable(match.slot()));
            }
        }
        variables.add(decision);
        return () ->
                new ConsequenceImpl(
                        arguments -> {
                            var running = (Decision) arguments[arguments.length - 1];
                            running.fire(rule, branch, frame(running, slots, arguments));
                        },
                        variables.toArray(Variable<?>[]::new),
                        false,
                        false,
                        "java");
    }

    private Frame frame(@Nullable Decision decision, List<Integer> slots, Object... arguments) {
        @Nullable Object[] bySlot = new Object[branch.slots()];
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

    /** A constraint of ours as Drools' pattern builder takes it. */
    private static final class Item extends PatternDSL.PatternExprImpl<Object> {
        private final Predicate predicate;

        Item(Predicate predicate) {
            super(predicate.getExprId(), null);
            this.predicate = predicate;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Constraint asConstraint(PatternDSL.PatternDefImpl pattern) {
            predicate.setReactivitySpecs(org.drools.model.constraints.ReactivitySpecs.EMPTY);
            return predicate;
        }
    }

    /** A predicate over any number of facts. Drools' own classes for it stop at a fixed number. */
    private static final class Predicate extends AbstractSingleConstraint {
        private final Variable<?>[] variables;
        private final PredicateN test;

        Predicate(String name, Variable<?>[] variables, PredicateN test) {
            super(name, PredicateInformation.EMPTY_PREDICATE_INFORMATION);
            this.variables = variables;
            this.test = test;
        }

        @Override
        public Variable<?>[] getVariables() {
            return variables;
        }

        @Override
        public PredicateN getPredicate() {
            return test;
        }

        // The engine asks for the predicate by its number of facts, up to five.

        @Override
        public Predicate1<?> getPredicate1() {
            return a -> test.test(a);
        }

        @Override
        public Predicate2<?, ?> getPredicate2() {
            return (a, b) -> test.test(a, b);
        }

        @Override
        public Predicate3<?, ?, ?> getPredicate3() {
            return (a, b, c) -> test.test(a, b, c);
        }

        @Override
        public Predicate4<?, ?, ?, ?> getPredicate4() {
            return (a, b, c, d) -> test.test(a, b, c, d);
        }

        @Override
        public Predicate5<?, ?, ?, ?, ?> getPredicate5() {
            return (a, b, c, d, e) -> test.test(a, b, c, d, e);
        }

        @Override
        public boolean isEqualTo(ModelComponent other) {
            return other instanceof Predicate predicate
                    && getExprId().equals(predicate.getExprId());
        }

        @Override
        public SingleConstraint negate() {
            return negate(new Predicate("not " + getExprId(), variables, test.negate()));
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Constraint replaceVariable(Variable from, Variable to) {
            Variable<?>[] replaced = variables.clone();
            for (int i = 0; i < replaced.length; i++) {
                replaced[i] = replaced[i].equals(from) ? to : replaced[i];
            }
            return new Predicate(getExprId(), replaced, test);
        }
    }
}
