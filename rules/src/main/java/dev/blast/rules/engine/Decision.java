package dev.blast.rules.engine;

import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Rule.Action;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.checked.Value;
import dev.blast.rules.fact.Session;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Verb;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation while it runs: it is itself the fact that every rule begins with, and holds what
 * there is one of: the session and the subjects. Answers are recorded where they are given, and the
 * limits are looked at with every attempt to match. Used by one thread, once.
 */
final class Decision {
    static final int MAX_ANSWERS = 20_000;

    private final Session session;

    /** In the order of the types, null where there is none of a type. */
    private final @Nullable Object[] single;

    private final Effort effort = new Effort();
    private final List<Given> answers = new ArrayList<>();

    /** A rule that matches in several ways with one answer gives it once. */
    private final Set<Once> once = new HashSet<>();

    /** By rule and place, and for what a statement says several times by what it says. */
    private record Given(Way way, Answered answered) implements Comparable<Given> {
        @Override
        public int compareTo(Given other) {
            int order = Integer.compare(way.place(), other.way.place());
            if (order == 0) {
                order = Integer.compare(start(), other.start());
            }
            return order == 0 ? text().compareTo(other.text()) : order;
        }

        private int start() {
            return answered.action().span().start();
        }

        private String text() {
            return answered.answer().toString();
        }
    }

    /** What makes two answers one. */
    private record Once(int rule, String verb, Answer answer) {}

    /**
     * Begins an evaluation; from now on its time is counted.
     *
     * @param single the facts that there is one of each, in the order of their types
     */
    Decision(Session session, @Nullable Object[] single) {
        this.session = session;
        this.single = single;
    }

    /** The one fact of the type at that place; null where there is none. */
    @Nullable Object single(int place) {
        return single[place];
    }

    Effort effort() {
        return effort;
    }

    Session session() {
        return session;
    }

    void step() {
        effort.step();
    }

    void fire(Way way, Frame frame) {
        Rule rule = way.rule();
        for (Action action : way.branch().actions()) {
            for (Answer answer : action.verb().answers().apply(arguments(rule, action, frame))) {
                if (!way.repeats()
                        || once.add(new Once(way.place(), action.verb().name(), answer))) {
                    answers.add(
                            new Given(
                                    way,
                                    new Answered(
                                            rule, way.branch(), action, answer, frame, false)));
                }
            }
        }
    }

    private List<Object> arguments(Rule rule, Action action, Frame frame) {
        List<Object> arguments = new ArrayList<>(action.arguments().size());
        for (int i = 0; i < action.arguments().size(); i++) {
            Value value = action.arguments().get(i);
            @Nullable Object argument = argument(rule, action, value, frame);
            if (argument == null) {
                throw new Undecided(
                        "rule \"%s\" (%s) has no value for '%s' here"
                                .formatted(rule.name(), rule.origin(), action.verb().signature()));
            }
            if (!(value instanceof Value.Literal)) {
                refuse(rule, action, i, argument);
            }
            effort.say(argument instanceof String text ? text.length() : 1);
            arguments.add(argument);
        }
        return arguments;
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
     * Everything that was answered, by rule and place: never in the order in which the engine came
     * upon it.
     */
    List<Answered> answers() {
        Collections.sort(answers);
        List<Answered> answered = new ArrayList<>(answers.size());
        for (Given given : answers) {
            answered.add(given.answered());
        }
        return answered;
    }
}
