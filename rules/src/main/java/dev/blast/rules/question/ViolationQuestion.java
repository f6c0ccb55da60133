package dev.blast.rules.question;

import dev.blast.rules.fact.Violation;
import dev.blast.rules.vocabulary.Accepts;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.Type;
import dev.blast.rules.vocabulary.Verb;
import dev.blast.rules.vocabulary.Verbs;
import java.util.List;
import java.util.Optional;

/**
 * What follows a violation, beside what the wall itself does. Rules make it only more careful: what
 * nobody answers is recorded.
 */
final class ViolationQuestion extends VerdictQuestion<Violation> {
    private static final Verb STOP =
            Verb.narrows("stop", Aspect.VERDICT)
                    .mayTake("why", Type.TEXT, Accepts.ANYTHING)
                    .means("end the session at once", it -> new Answer.Stop(it.text(0)));

    private static final Verb FREEZE =
            Verb.narrows("freeze", Aspect.VERDICT)
                    .mayTake("why", Type.TEXT, Accepts.ANYTHING)
                    .means(
                            "let nothing in the session run until a person says so",
                            it -> new Answer.Freeze(it.text(0)));

    ViolationQuestion() {
        super(
                "violation",
                "violation",
                "What follows a violation?",
                Outcome.RECORDED,
                Violation.class,
                Facts.VIOLATION);
    }

    @Override
    public List<Verb> verbs() {
        return List.of(STOP, FREEZE, Verbs.WARN);
    }

    @Override
    public String asked(Violation it) {
        String about = it.subject().isEmpty() ? "" : " " + Quoted.plain(it.subject());
        String often = it.count() > 1 ? ", %,d times".formatted(it.count()) : "";
        return "violation %s%s%s".formatted(it.kind().word(), about, often);
    }

    @Override
    public String file() {
        return "violations";
    }

    /** None that lets a session go on: no verb takes another's care back. */
    @Override
    public Optional<String> condition(Violation it) {
        return Optional.empty();
    }

    /** Rules that cannot be computed may be those that would stop it. */
    @Override
    public Outcome whereUndecided() {
        return Outcome.STOPPED;
    }
}
