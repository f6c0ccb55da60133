package dev.blast.rules;

import dev.blast.rules.Rule.Action;
import dev.blast.rules.Rule.Branch;
import dev.blast.rules.fact.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation while it runs: it is itself a fact that every rule joins, so that answers are
 * recorded where they are given, and so that the limits are looked at with every attempt to match.
 * Used by one thread, once.
 */
final class Decision {
    /** Attempts to match a pattern. The same on every machine, unlike the deadline behind it. */
    private static final int MAX_STEPS = 500_000;

    static final int MAX_ANSWERS = 20_000;
    private static final long DEADLINE_NANOS = 5_000_000_000L;

    private final Session session;
    private final long start = System.nanoTime();
    private int steps;
    private final List<Answered> answers = new ArrayList<>();

    /** A rule that matches in several ways with one answer gives it once. */
    private final Set<Given> given = new HashSet<>();

    /**
     * What makes two answers one: the rule by its place, which is cheaper to compare than the rule
     * itself.
     */
    private record Given(Source source, Span head, String verb, Answer answer) {}

    Decision(Session session) {
        this.session = session;
    }

    Session session() {
        return session;
    }

    /** Counts one attempt to match. */
    void step() {
        if (++steps > MAX_STEPS) {
            throw new Undecided(
                    "the rules were broken off after %,d attempts to match".formatted(MAX_STEPS));
        }
        if ((steps & 0xfff) == 0 && System.nanoTime() - start > DEADLINE_NANOS) {
            throw new Undecided(
                    "the rules were broken off after %d s"
                            .formatted(DEADLINE_NANOS / 1_000_000_000));
        }
    }

    void fire(Rule rule, Branch branch, Frame frame) {
        for (Action action : branch.actions()) {
            List<Object> arguments = new ArrayList<>();
            for (Value value : action.arguments()) {
                @Nullable Object argument = value.in(frame);
                if (argument == null) {
                    throw new Undecided(
                            "rule \"%s\" (%s) has no value for '%s' here"
                                    .formatted(
                                            rule.name(), rule.origin(), action.verb().signature()));
                }
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
