package dev.blast.rules.question;

import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Value;
import dev.blast.rules.source.Span;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.verdict.Strategies;
import dev.blast.rules.verdict.StrategyDefinition;
import dev.blast.rules.vocabulary.Accepts;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.rules.vocabulary.Effect;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Type;
import dev.blast.rules.vocabulary.Verb;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a strategy wants. */
public final class DefinitionQuestion extends Question {
    private static final Verb RANK =
            Verb.steers("rank", Effect.DEFINES, Aspect.STRATEGY)
                    .takes("place", Type.NUMBER, Accepts.PLACE)
                    .takesOneOf("objective", Objective.words())
                    .mayTake("weight", Type.NUMBER, Accepts.WEIGHT)
                    .means(
                            "an objective of the strategy, 1 comes first",
                            it ->
                                    new Answer.Rank(
                                            it.number(0), Objective.of(it.text(1)), weight(it)));

    DefinitionQuestion() {
        super("strategy", "strategy", "What does a strategy want?", Facts.STRATEGY);
    }

    private static BigDecimal weight(Verb.Arguments it) {
        return it.size() > 2 ? (BigDecimal) it.get(2) : BigDecimal.ONE;
    }

    @Override
    public List<Verb> verbs() {
        return List.of(RANK);
    }

    @Override
    public String otherwise() {
        return "an error with the nearest names";
    }

    /** What the strategy of that name wants. */
    public StrategyDefinition weigh(String name, List<Answered> answers) {
        return Strategies.define(name, answers);
    }

    /**
     * The names that rules compare a strategy's name with: those are the ones that can be asked
     * for.
     */
    public SortedSet<String> defined(Collection<Rule> rules) {
        SortedSet<String> names = new TreeSet<>();
        for (Rule rule : rules) {
            if (rule.question().equals(this)) {
                for (Rule.Branch branch : rule.branches()) {
                    branch.elements().forEach(element -> names(element, names));
                }
            }
        }
        return names;
    }

    private static void names(Element element, Set<String> names) {
        if (element instanceof Element.Match(Span _, FactType fact, int _, List<Check> tests)
                && fact.equals(Facts.STRATEGY)) {
            for (Check test : tests) {
                if (test instanceof Check.Comparison it
                        && !it.negated()
                        && (it.operator() == Operator.EQUAL || it.operator() == Operator.IN)) {
                    it.values()
                            .forEach(value -> {
                                if (value instanceof Value.Literal(Type _, Object name)) {
                                    names.add((String) name);
                                }
                            });
                }
            }
        }
    }
}
