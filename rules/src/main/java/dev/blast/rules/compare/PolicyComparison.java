package dev.blast.rules.compare;

import dev.blast.rules.Policy;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.compare.PolicyChange.Moved;
import dev.blast.rules.compare.PolicyChange.State;
import dev.blast.rules.compare.PolicyChange.Touched;
import dev.blast.rules.question.Questions;
import dev.blast.rules.vocabulary.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares two policies by what they mean. */
public final class PolicyComparison {
    private final Policy before;
    private final Policy after;
    private final EarlierRequests asked;

    private final List<Turn> turns = new ArrayList<>();
    private final List<Touched> touched = new ArrayList<>();
    private final List<Moved> moved = new ArrayList<>();

    private PolicyComparison(Policy before, Policy after, EarlierRequests asked) {
        this.before = before;
        this.after = after;
        this.asked = asked;
    }

    /**
     * What turns from one to the other. The same for the same arguments.
     *
     * @param asked requests that were made before, the first to be tried
     */
    public static PolicyChange of(Policy before, Policy after, EarlierRequests asked) {
        var comparison = new PolicyComparison(before, after, asked);
        Questions.ALL.forEach(comparison::compare);
        return new PolicyChange(
                comparison.turns.stream()
                        .sorted(
                                Comparator.comparing(Turn::direction)
                                        .thenComparing(it -> !it.isAsked()))
                        .toList(),
                comparison.touched,
                comparison.moved);
    }

    private void compare(Question question) {
        List<Rule> were = before.rules(question);
        List<Rule> are = after.rules(question);
        var atomsBefore = new Atoms(before, were);
        var atomsAfter = new Atoms(after, are);
        List<Rule> removed = atomsBefore.without(atomsAfter, were);
        List<Rule> added = atomsAfter.without(atomsBefore, are);
        moves(
                were.stream().filter(it -> !removed.contains(it)).toList(),
                are.stream().filter(it -> !added.contains(it)).toList());
        if (removed.isEmpty() && added.isEmpty()) {
            return;
        }
        if (new SameMeaning(before, after).byPairs(removed, added)) {
            touched.add(new Touched(question.name(), State.SAME, 0, 0));
            return;
        }
        var asking = new Asking(question, before, after);
        List<Rule> all = Stream.concat(were.stream(), are.stream()).toList();
        var search =
                new TurnSearch(
                        question,
                        asking,
                        new Differing(question, before, after, removed, added),
                        all);
        search.earlier(
                asked.of(question), Stream.concat(removed.stream(), added.stream()).toList());
        search.made(removed, added);
        List<Turn> found = search.turns();
        turns.addAll(found);
        State state =
                !found.isEmpty()
                        ? State.TURNS
                        : SameMeaning.byAsking(question, asking, all) ? State.SAME : State.UNPROVED;
        touched.add(new Touched(question.name(), state, search.requests(), search.left()));
    }

    /** Among rules that all have one that says the same on the other side. */
    private void moves(List<Rule> were, List<Rule> are) {
        var left = new ArrayList<Rule>(are);
        var without = new ArrayList<Rule>();
        for (Rule rule : were) {
            if (!left.removeIf(it -> isCalledLike(it, rule) && isAs(rule, it))) {
                without.add(rule);
            }
        }
        for (Rule rule : without) {
            Optional<Rule> same = left.stream().filter(it -> isAs(rule, it)).findFirst();
            if (same.isPresent()) {
                left.remove(same.get());
                moved.add(
                        new Moved(
                                rule.name(),
                                rule.origin(),
                                same.get().name(),
                                same.get().origin()));
            }
        }
    }

    private static boolean isCalledLike(Rule one, Rule other) {
        return one.name().equals(other.name()) && fileName(one).equals(fileName(other));
    }

    /** The same files may lie in another folder. */
    private static String fileName(Rule rule) {
        String file = rule.origin().file();
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private boolean isAs(Rule one, Rule other) {
        return Atoms.of(before, one).equals(Atoms.of(after, other));
    }
}
