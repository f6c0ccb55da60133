package dev.blast.rules.engine;

import org.drools.model.Constraint;
import org.drools.model.PatternDSL;
import org.drools.model.SingleConstraint;
import org.drools.model.Variable;
import org.drools.model.constraints.AbstractSingleConstraint;
import org.drools.model.constraints.ReactivitySpecs;
import org.drools.model.functions.Predicate1;
import org.drools.model.functions.Predicate2;
import org.drools.model.functions.Predicate3;
import org.drools.model.functions.Predicate4;
import org.drools.model.functions.Predicate5;
import org.drools.model.functions.PredicateInformation;
import org.drools.model.functions.PredicateN;
import org.drools.model.impl.ModelComponent;

/** A predicate over any number of facts. Drools' own classes for it stop at a fixed number. */
final class Predicate extends AbstractSingleConstraint {
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
        return other instanceof Predicate predicate && getExprId().equals(predicate.getExprId());
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

    /** A constraint of ours as Drools' pattern builder takes it. */
    static final class Item extends PatternDSL.PatternExprImpl<Object> {
        private final Predicate predicate;

        Item(Predicate predicate) {
            super(predicate.getExprId(), null);
            this.predicate = predicate;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Constraint asConstraint(PatternDSL.PatternDefImpl pattern) {
            predicate.setReactivitySpecs(ReactivitySpecs.EMPTY);
            return predicate;
        }
    }
}
