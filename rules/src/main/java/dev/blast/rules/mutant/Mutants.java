package dev.blast.rules.mutant;

import dev.blast.rules.checked.Growth;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.RuleChecker;
import dev.blast.rules.parse.Condition;
import dev.blast.rules.parse.Cursor;
import dev.blast.rules.parse.FileParser;
import dev.blast.rules.parse.Operand;
import dev.blast.rules.parse.RuleTree;
import dev.blast.rules.parse.RuleTree.Call;
import dev.blast.rules.parse.Tokenizer;
import dev.blast.rules.question.Questions;
import dev.blast.rules.source.Excerpt;
import dev.blast.rules.source.Findings;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the mutants of rules: each is the rule as it was read, with one part altered. */
public final class Mutants {
    /** Characters that are shown of what is changed. */
    private static final int MAX_SHOWN = 120;

    /** The rules of a file as they were read, by name. */
    private final Map<Source, Map<String, RuleTree>> trees = new HashMap<>();

    /** All mutants of a rule, by place. */
    public List<Mutant> of(Rule rule) {
        RuleTree tree = tree(rule);
        Source source = rule.source();
        var mutants = new ArrayList<Mutant>();
        for (Altered<Condition> it : new ConditionAlterations(source).of(tree.when())) {
            if (it.part() != null) {
                mutants.add(mutant(rule, it, with(tree, it.part(), tree.then())));
            }
        }
        for (Altered<List<Call>> it : Altered.each(tree.then(), call -> calls(source, call))) {
            if (it.part() != null) {
                mutants.add(mutant(rule, it, with(tree, tree.when(), it.part())));
            }
        }
        return mutants;
    }

    private RuleTree tree(Rule rule) {
        RuleTree tree = trees.computeIfAbsent(rule.source(), Mutants::read).get(rule.name());
        if (tree == null) {
            throw new IllegalStateException("a rule that was checked is not in its file: " + rule);
        }
        return tree;
    }

    private static Map<String, RuleTree> read(Source source) {
        var cursor = new Cursor(source, Tokenizer.tokens(source.text()), new Findings());
        var trees = new HashMap<String, RuleTree>();
        new FileParser(cursor).parse().rules().forEach(tree -> trees.put(tree.name(), tree));
        return trees;
    }

    private static RuleTree with(RuleTree tree, Condition when, List<Call> then) {
        return new RuleTree(
                tree.head(),
                tree.name(),
                tree.annotations(),
                when,
                then,
                tree.words(),
                tree.unread());
    }

    private static Mutant mutant(Rule rule, Altered<?> altered, RuleTree tree) {
        Source source = rule.source();
        Optional<Rule> changed =
                new RuleChecker(source, tree, Questions.ALL, new Findings(), new Growth()).check();
        return new Mutant(
                rule,
                source.origin(altered.span().start()),
                altered.change(),
                changed.orElse(null));
    }

    /** Each verb left out, and each value of one that takes several. */
    private static List<Altered<Call>> calls(Source source, Call call) {
        var all = new ArrayList<Altered<Call>>();
        if (takesSeveral(call) && call.arguments().size() > 1) {
            for (Operand argument : call.arguments()) {
                var rest = new ArrayList<Operand>(call.arguments());
                rest.remove(argument);
                Altered<Call> out = leftOut(source, argument.span());
                all.add(
                        new Altered<>(
                                out.span(),
                                out.change(),
                                new Call(
                                        call.span(),
                                        call.verb(),
                                        call.verbSpan(),
                                        List.copyOf(rest))));
            }
        }
        all.add(leftOut(source, call.span()));
        return all;
    }

    private static boolean takesSeveral(Call call) {
        return Questions.verbs().stream()
                .filter(verb -> verb.name().equals(call.verb()))
                .map(verb -> verb.at(verb.parameters().size()))
                .anyMatch(Verb.Parameter.class::isInstance);
    }

    static <T> Altered<T> leftOut(Source source, Span span) {
        return new Altered<>(span, "without " + shown(source, span), null);
    }

    static String shown(Source source, Span span) {
        return Excerpt.beginning(source.text(span).replaceAll("\\s+", " "), MAX_SHOWN);
    }
}
