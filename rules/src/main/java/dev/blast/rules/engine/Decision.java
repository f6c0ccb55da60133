package dev.blast.rules.engine;

import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Rule.Action;
import dev.blast.rules.checked.Rule.Branch;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.checked.Value;
import dev.blast.rules.fact.Session;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Verb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation while it runs: it is itself a fact that every rule joins, so that answers are
 * recorded where they are given, and so that the limits are looked at with every attempt to match.
 * Used by one thread, once.
 */
final class Decision {
    static final int MAX_ANSWERS = 20_000;

    private final Session session;
    private final Effort effort;
    private final List<Answered> answers = new ArrayList<>();

    /** A rule that matches in several ways with one answer gives it once. */
    private final Set<Given> given = new HashSet<>();

    /**
     * What makes two answers one: the rule by its place, which is cheaper to compare than the rule
     * itself.
     */
    private record Given(Source source, Span head, String verb, Answer answer) {}

    Decision(Session session, Effort effort) {
        this.session = session;
        this.effort = effort;
    }

    Session session() {
        return session;
    }

    void step() {
        effort.step();
    }

    void fire(Rule rule, Branch branch, Frame frame) {
        for (Action action : branch.actions()) {
            List<Object> arguments = new ArrayList<>();
            for (int i = 0; i < action.arguments().size(); i++) {
                Value value = action.arguments().get(i);
                @Nullable Object argument = argument(rule, action, value, frame);
                if (argument == null) {
                    throw new Undecided(
                            "rule \"%s\" (%s) has no value for '%s' here"
                                    .formatted(
                                            rule.name(), rule.origin(), action.verb().signature()));
                }
                refuse(rule, action, i, argument);
                effort.say(argument instanceof String text ? text.length() : 1);
                arguments.add(argument);
            }
            for (Answer answer : action.verb().answers().apply(arguments)) {
                if (given.add(
                        new Given(rule.source(), rule.head(), action.verb().name(), answer))) {
                    answers.add(new Answered(rule, branch, action, answer, frame));
                }
            }
        }
    }

    /** A literal was looked at when its file was loaded; what is computed is looked at here. */
    private static void refuse(Rule rule, Action action, int place, Object argument) {
        Verb.Parameter parameter = action.verb().at(place);
        Optional<String> problem =
                parameter == null ? Optional.empty() : parameter.accepts().problem(argument);
        if (problem.isPresent()) {
            throw new Undecided(action.verb().name() + ": " + problem.get())
                    .in(rule, action.span());
        }
    }

    private static @Nullable Object argument(Rule rule, Action action, Value value, Frame frame) {
        try {
            return value.in(frame);
        } catch (Undecided e) {
            throw e.in(rule, action.span());
        }
    }

    /**
     * Everything that was answered, by layer and origin: never in the order in which the engine
     * came upon it.
     */
    List<Answered> answers() {
        return answers.stream()
                .sorted(
                        Comparator.comparing(Answered::layer)
                                .thenComparing(it -> it.rule().origin())
                                .thenComparingInt(it -> it.action().span().start())
                                .thenComparing(it -> it.answer().toString()))
                .toList();
    }
}
