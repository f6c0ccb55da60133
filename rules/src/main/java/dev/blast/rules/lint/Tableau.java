package dev.blast.rules.lint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows that propositions cannot all be true: every way to choose among their alternatives comes to
 * claims that no values can make true at once.
 */
final class Tableau {
    /** Claims that are looked at for one question; more are not, and then nothing is shown. */
    private static final int MOST = 2_000;

    private final Budget budget;
    private final Budget own = new Budget(MOST);

    private Tableau(Budget budget) {
        this.budget = budget;
    }

    static boolean contradict(List<Proposition> propositions, Budget budget) {
        return new Tableau(budget).closes(new Attempt(propositions));
    }

    /** From one proposition follows the other. */
    static boolean implies(Proposition one, Proposition other, Budget budget) {
        return contradict(List.of(one, other.not()), budget);
    }

    /** What has been chosen so far, and what is still to be looked at. */
    private static final class Attempt {
        private final Deque<Proposition> todo;
        private final Deque<Proposition.Any> choices;
        private final Map<FieldAt, List<Claim>> claims;
        private final List<Proposition> some;
        private final List<Proposition> none;

        Attempt(List<Proposition> todo) {
            this.todo = new ArrayDeque<>(todo);
            choices = new ArrayDeque<>();
            claims = new HashMap<>();
            some = new ArrayList<>();
            none = new ArrayList<>();
        }

        Attempt(Attempt other, Proposition chosen) {
            todo = new ArrayDeque<>(List.of(chosen));
            choices = new ArrayDeque<>(other.choices);
            claims = new HashMap<>();
            other.claims.forEach((at, said) -> claims.put(at, new ArrayList<>(said)));
            some = new ArrayList<>(other.some);
            none = new ArrayList<>(other.none);
        }
    }

    private boolean closes(Attempt attempt) {
        while (!attempt.todo.isEmpty()) {
            switch (attempt.todo.remove()) {
                case Proposition.Said(Claim claim) -> {
                    if (!own.spend(1) || !budget.spend(1)) {
                        return false;
                    }
                    List<Claim> said =
                            attempt.claims.computeIfAbsent(claim.at(), _ -> new ArrayList<>());
                    said.add(claim);
                    if (FieldValues.areNone(claim.at(), said, budget)) {
                        return true;
                    }
                }
                case Proposition.All(List<Proposition> parts) -> attempt.todo.addAll(parts);
                case Proposition.Any choice -> attempt.choices.add(choice);
                case Proposition.Some(Proposition inner) -> attempt.some.add(inner);
                case Proposition.None(Proposition inner) -> attempt.none.add(inner);
            }
        }
        if (!attempt.choices.isEmpty()) {
            Proposition.Any choice = attempt.choices.remove();
            return choice.parts().stream()
                    .allMatch(part ->
                            own.spend(1)
                                    && budget.spend(1 + attempt.claims.size())
                                    && closes(new Attempt(attempt, part)));
        }
        return attempt.some.stream().anyMatch(one -> isNowhere(one, attempt.none));
    }

    /** Such a distribution cannot be, or is what there must be none of. */
    private boolean isNowhere(Proposition one, List<Proposition> none) {
        return closes(new Attempt(List.of(one)))
                || none.stream().anyMatch(other -> closes(new Attempt(List.of(one, other.not()))));
    }
}
