package dev.blast.rules.explain;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.checked.Value;
import dev.blast.rules.engine.Effort;
import dev.blast.rules.explain.TracedRule.Node;
import dev.blast.rules.source.Origin;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tries all rules that could speak about something, whether or not they come near to it. */
final class Traces {
    private Traces() {}

    /** All rules that answer a question, by layer and origin. */
    static List<TracedRule> of(
            Policy policy, Context context, Question question, List<Object> subjects) {
        return of(policy, context, question, subjects, _ -> true);
    }

    /**
     * Of what a session is provided with, the rules about a part of it.
     *
     * @param about which answers speak about it
     */
    static List<TracedRule> of(
            Policy policy,
            Context context,
            Question question,
            Aspect aspect,
            Predicate<Answer> about) {
        return of(policy, context, question, List.of(), trial -> speaks(trial, aspect, about));
    }

    private static List<TracedRule> of(
            Policy policy,
            Context context,
            Question question,
            List<Object> subjects,
            Predicate<Trial> speaking) {
        List<Object> facts = context.facts(subjects);
        var traced = new ArrayList<TracedRule>();
        var effort = new Effort();
        for (Rule rule : policy.rules(question)) {
            try {
                List<Trial> trials =
                        rule.branches().stream()
                                .map(branch -> Trial.of(rule, branch, context, facts, effort))
                                .toList();
                if (trials.stream().anyMatch(speaking)) {
                    traced.add(traced(policy, rule, trials));
                }
            } catch (Undecided e) {
                traced.add(broken(rule, e));
            }
        }
        return traced;
    }

    /** What traced rules look at. */
    static List<Explanation.Looked> facts(
            Policy policy,
            Context context,
            Question question,
            List<Object> subjects,
            List<TracedRule> trace) {
        Set<Origin> shown = trace.stream().map(TracedRule::origin).collect(Collectors.toSet());
        Set<Field> fields =
                policy.rules(question).stream()
                        .filter(rule -> shown.contains(rule.origin()))
                        .flatMap(rule -> rule.looksAt().keySet().stream())
                        .map(Rule.FieldOf::field)
                        .collect(Collectors.toSet());
        List<Object> single = new ArrayList<>(subjects);
        single.add(context.session());
        var looked = new ArrayList<Explanation.Looked>();
        for (FactType type : Facts.ALL) {
            Optional<Object> fact =
                    single.stream().filter(it -> type.record().isInstance(it)).findFirst();
            for (Field field : type.fields()) {
                if (fields.contains(field)) {
                    looked.add(
                            new Explanation.Looked(
                                    type.name(),
                                    field.name(),
                                    fact.map(it -> Type.show(field.read(it)))
                                            .orElse("that of each"),
                                    field.meaning()));
                }
            }
        }
        return looked;
    }

    private static TracedRule traced(Policy policy, Rule rule, List<Trial> trials) {
        return new TracedRule(
                rule.origin(),
                rule.name(),
                rule.layer(),
                says(rule),
                trials.stream().anyMatch(trial -> trial.failed().isEmpty()),
                policy.isInForce(rule),
                trials.stream().map(Trial::nodes).toList());
    }

    private static TracedRule broken(Rule rule, Undecided why) {
        var node =
                new Node(
                        rule.origin(),
                        "cannot be computed",
                        null,
                        String.valueOf(why.getMessage()),
                        List.of());
        return new TracedRule(
                rule.origin(),
                rule.name(),
                rule.layer(),
                says(rule),
                false,
                true,
                List.of(List.of(node)));
    }

    private static List<String> says(Rule rule) {
        return rule.actions().stream().map(action -> rule.source().text(action.span())).toList();
    }

    /** Whether what it says, or would say, is about it; also where that is not known. */
    private static boolean speaks(Trial trial, Aspect aspect, Predicate<Answer> about) {
        for (Rule.Action action : trial.branch().actions()) {
            List<Answer> answers = answers(trial, action);
            boolean unknown = answers.isEmpty() && action.verb().aspect() == aspect;
            if (unknown || answers.stream().anyMatch(about)) {
                return true;
            }
        }
        return false;
    }

    /** What an action would say; nothing where a value of it is not known. */
    static List<Answer> answers(Trial trial, Rule.Action action) {
        for (Element element : trial.branch().elements()) {
            if (element instanceof Element.Match match && !trial.frame().reached(match.slot())) {
                return List.of();
            }
        }
        List<Object> arguments = new ArrayList<>();
        for (Value value : action.arguments()) {
            Object argument = value.in(trial.frame());
            if (argument == null) {
                return List.of();
            }
            arguments.add(argument);
        }
        return action.verb().answers().apply(arguments);
    }
}
