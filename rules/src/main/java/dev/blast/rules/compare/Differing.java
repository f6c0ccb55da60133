package dev.blast.rules.compare;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.question.Questions;
import dev.blast.rules.trial.CaseDraft;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a request meets what differs between two policies: the rules that both have answer both
 * alike, so that only where the others answer differently anything can turn.
 */
final class Differing {
    private final Question question;
    private final Policy before;
    private final Policy after;
    private final Policy gone;
    private final Policy come;

    /** Of sessions, all that was answered to one that was met. */
    private final Set<List<List<String>>> met = new HashSet<>();

    /**
     * @param gone the rules that are not there any more
     * @param come those that were not there before
     */
    Differing(Question question, Policy before, Policy after, List<Rule> gone, List<Rule> come) {
        this.question = question;
        this.before = before;
        this.after = after;
        this.gone = before.of(gone);
        this.come = after.of(come);
    }

    /**
     * False also where a session is answered what another was: then it sees and uses the same.
     *
     * @throws IllegalArgumentException where there is no such request
     * @throws ArithmeticException where a number of it does not fit
     */
    boolean isMetBy(CaseDraft draft) {
        Context context = draft.context();
        List<Object> subjects = draft.subjects(context.session());
        try {
            boolean isMet =
                    question.equals(Questions.REQUIREMENT)
                            || !said(gone, before, context, subjects)
                                    .equals(said(come, after, context, subjects));
            return isMet
                    && (!question.equals(Questions.SESSION)
                            || met.add(
                                    List.of(
                                            said(before, before, context, subjects),
                                            said(after, after, context, subjects))));
        } catch (Undecided _) {
            return true;
        }
    }

    /** The rules that answer a request, before or after, but for some. */
    List<Rule> answering(CaseDraft draft, List<Rule> some) {
        Context context = draft.context();
        List<Object> subjects = draft.subjects(context.session());
        try {
            return Stream.of(before, after)
                    .flatMap(it -> it.ask(question, context, subjects).stream())
                    .map(Answered::rule)
                    .distinct()
                    .filter(it -> !some.contains(it))
                    .toList();
        } catch (Undecided _) {
            return List.of();
        }
    }

    private List<String> said(Policy policy, Policy whole, Context context, List<Object> subjects) {
        var said = new ArrayList<String>();
        for (Answered it : policy.ask(question, context, subjects)) {
            String answer =
                    it.answer() instanceof Answer.Grant grant
                            ? "%s %s %s"
                                    .formatted(
                                            grant.access(),
                                            grant.sizeBytes(),
                                            Sandboxes.shown(grant.path(), context.session()))
                            : it.answer().toString();
            said.add(Atoms.standing(whole, it.rule()) + answer);
        }
        said.sort(null);
        return said;
    }
}
