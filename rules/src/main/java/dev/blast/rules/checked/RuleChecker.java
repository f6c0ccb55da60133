package dev.blast.rules.checked;

import dev.blast.rules.checked.Rule.Action;
import dev.blast.rules.checked.Rule.Branch;
import dev.blast.rules.parse.Condition;
import dev.blast.rules.parse.Constraint;
import dev.blast.rules.parse.RuleTree;
import dev.blast.rules.parse.RuleTree.Call;
import dev.blast.rules.parse.Token;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Findings;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Nearest;
import dev.blast.rules.vocabulary.Question;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks one rule: every name, type and unit, and that its verbs answer the question of its facts.
 * Reports all flaws.
 */
public final class RuleChecker {
    private final Source source;
    private final RuleTree tree;

    /** All that a rule may answer. */
    private final List<Question> questions;

    private final VerbChecker verbs;
    private final ValueChecker values;
    private final ComparisonChecker comparisons;

    /** Those of the whole file. */
    private final Findings flaws;

    private final int before;
    private final Growth growth;

    private int slots;

    public RuleChecker(
            Source source, RuleTree tree, List<Question> questions, Findings flaws, Growth growth) {
        this.questions = questions;
        this.source = source;
        this.tree = tree;
        this.flaws = flaws;
        before = flaws.disturbances();
        this.growth = growth;
        values = new ValueChecker(source);
        comparisons = new ComparisonChecker(source, values, growth);
        verbs = new VerbChecker(source, values, questions, flaws);
    }

    /** The rule, unless it has flaws, which are added to the findings. */
    public Optional<Rule> check() {
        Map<String, String> annotations = Annotations.of(source, tree, flaws);
        Set<String> facts = new LinkedHashSet<>();
        mentioned(tree.when(), facts);
        Optional<Question> question = question(facts);
        List<Branch> branches = new ArrayList<>();
        try {
            List<List<Condition>> ways = new Alternatives(source).of(tree.when());
            growth.take((long) tree.words() * ways.size(), source, tree.head());
            for (List<Condition> way : ways) {
                branches.add(branch(way, question));
            }
        } catch (Flaw e) {
            flaws.add(e);
        }
        return flawless() && question.isPresent()
                ? Optional.of(
                        new Rule(
                                source,
                                tree.head(),
                                source.origin(tree.head().start()),
                                tree.name(),
                                annotations,
                                annotations.containsKey("final"),
                                question.get(),
                                List.copyOf(branches),
                                values.looksAt()))
                : Optional.empty();
    }

    private boolean flawless() {
        return flaws.disturbances() == before;
    }

    private void mentioned(Condition condition, Set<String> facts) {
        switch (condition) {
            case Condition.Pattern pattern -> facts.add(pattern.fact().text());
            case Condition.Not(Span _, Condition inner) -> mentioned(inner, facts);
            case Condition.Exists(Span _, Condition inner) -> mentioned(inner, facts);
            case Condition.And(Span _, List<Condition> parts) ->
                    parts.forEach(part -> mentioned(part, facts));
            case Condition.Or(Span _, List<Condition> parts) ->
                    parts.forEach(part -> mentioned(part, facts));
        }
    }

    /**
     * Empty where it cannot be told: the facts contradict each other, or one of them is unknown.
     */
    private Optional<Question> question(Set<String> names) {
        Set<FactType> facts = new LinkedHashSet<>();
        names.forEach(name -> Facts.named(name).ifPresent(facts::add));
        if (facts.size() < names.size() || tree.unread().facts()) {
            return Optional.empty();
        }
        Optional<Question> question = Question.mentioning(facts, questions);
        if (question.isEmpty()) {
            flaws.add(
                    source.diagnostic(
                            Code.MIXED_SUBJECTS,
                            tree.head(),
                            "rule \"%s\" mentions the subjects of different questions: %s"
                                    .formatted(tree.name(), String.join(", ", names)),
                            "a rule answers one question; write one rule for each"));
        }
        return question;
    }

    private Branch branch(List<Condition> way, Optional<Question> question) {
        slots = 0;
        var scope = new Scope(tree.unread().variables());
        List<Element> elements = elements(way, scope);
        List<Action> actions = new ArrayList<>();
        for (Call call : tree.then()) {
            verbs.check(call, question, scope).ifPresent(actions::add);
        }
        return new Branch(elements, List.copyOf(actions), slots);
    }

    private List<Element> elements(List<Condition> conditions, Scope scope) {
        List<Element> elements = new ArrayList<>();
        for (Condition condition : conditions) {
            switch (condition) {
                case Condition.Pattern pattern -> match(pattern, scope).ifPresent(elements::add);
                case Condition.Not(Span span, Condition inner) ->
                        elements.add(
                                new Element.Absent(span, elements(List.of(inner), scope.inner())));
                case Condition.Exists(Span span, Condition inner) ->
                        elements.add(
                                new Element.Present(span, elements(List.of(inner), scope.inner())));
                case Condition.And(Span _, List<Condition> parts) ->
                        elements.addAll(elements(parts, scope));
                case Condition.Or or ->
                        throw new IllegalStateException("an alternative is left at " + or.span());
            }
        }
        return List.copyOf(elements);
    }

    private Optional<Element> match(Condition.Pattern pattern, Scope scope) {
        Optional<FactType> fact = Facts.named(pattern.fact().text());
        int slot = slots++;
        if (fact.isEmpty()) {
            List<String> names = Facts.ALL.stream().map(FactType::name).sorted().toList();
            String written = pattern.fact().text();
            Flaw unknown =
                    new Flaw(
                            source.diagnostic(
                                    Code.UNKNOWN_FACT,
                                    pattern.fact().span(),
                                    "unknown fact '" + written + "'",
                                    Nearest.andAll(
                                            written, names, "facts: " + String.join(", ", names))));
            flaws.add(values.renamed(unknown, pattern.fact().span(), written, names));
            lose(pattern, scope);
            return Optional.empty();
        }
        bind(pattern.binding(), new Scope.Meaning.Fact(slot, fact.get()), scope);
        List<Check> tests = new ArrayList<>();
        for (Constraint constraint : pattern.constraints()) {
            constraint(constraint, slot, fact.get(), scope).ifPresent(tests::add);
        }
        return Optional.of(new Element.Match(pattern.span(), fact.get(), slot, List.copyOf(tests)));
    }

    /** What is bound in a pattern of which the fact is not known. */
    private static void lose(Condition.Pattern pattern, Scope scope) {
        if (pattern.binding() != null) {
            scope.bind(pattern.binding().text(), new Scope.Meaning.Lost());
        }
        pattern.constraints().forEach(it -> lose(it, scope));
    }

    private static void lose(Constraint constraint, Scope scope) {
        switch (constraint) {
            case Constraint.Binding(Span _, Token variable, Token _) ->
                    scope.bind(variable.text(), new Scope.Meaning.Lost());
            case Constraint.Group(Span _, Constraint inner) -> lose(inner, scope);
            case Constraint.All(Span _, List<Constraint> parts) ->
                    parts.forEach(part -> lose(part, scope));
            case Constraint.Any(Span _, List<Constraint> parts) ->
                    parts.forEach(part -> lose(part, scope));
            case Constraint.Comparison _ -> {}
        }
    }

    private void bind(@Nullable Token variable, Scope.Meaning meaning, Scope scope) {
        if (variable != null && !scope.bind(variable.text(), meaning)) {
            flaws.add(
                    source.diagnostic(
                            Code.DUPLICATE_VARIABLE,
                            variable.span(),
                            "'" + variable.text() + "' is bound already",
                            "use another name"));
        }
    }

    /** Empty for a binding, which tests nothing, and where there is a flaw. */
    private Optional<Check> constraint(
            Constraint constraint, int slot, FactType fact, Scope scope) {
        try {
            return switch (constraint) {
                case Constraint.Comparison it ->
                        Optional.of(comparisons.check(it, field(slot, fact, it.field()), scope));
                case Constraint.Binding(Span _, Token variable, Token field) -> {
                    bind(variable, new Scope.Meaning.FieldOf(field(slot, fact, field)), scope);
                    yield Optional.empty();
                }
                case Constraint.Group(Span _, Constraint inner) ->
                        constraint(inner, slot, fact, scope);
                case Constraint.All(Span span, List<Constraint> parts) ->
                        Optional.of(new Check.All(span, tests(parts, slot, fact, scope)));
                case Constraint.Any(Span span, List<Constraint> parts) -> {
                    List<Check> tests = tests(parts, slot, fact, scope);
                    if (tests.size() < parts.size() && flawless()) {
                        throw new Flaw(
                                source.diagnostic(
                                        Code.HALF_BOUND_VARIABLE,
                                        span,
                                        "a variable is bound in one of several alternatives",
                                        "bind it before them"));
                    }
                    yield Optional.of(new Check.Any(span, tests));
                }
            };
        } catch (Flaw e) {
            flaws.add(e);
            lose(constraint, scope);
            return Optional.empty();
        }
    }

    private List<Check> tests(List<Constraint> parts, int slot, FactType fact, Scope scope) {
        return parts.stream()
                .flatMap(part -> constraint(part, slot, fact, scope).stream())
                .toList();
    }

    private Value.OfField field(int slot, FactType fact, Token name) throws Flaw {
        return new Value.OfField(slot, fact, values.field(name.span(), fact, name.text()));
    }
}
