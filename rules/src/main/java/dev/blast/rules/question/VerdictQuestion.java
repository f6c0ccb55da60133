package dev.blast.rules.question;

import dev.blast.rules.checked.Undecided;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.Verdicts;
import dev.blast.rules.verdict.Weighed;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Records;
import java.util.List;
import java.util.Optional;

/**
 * A question whose answer is a verdict, and how it is spoken of.
 *
 * @param <S> what it is about
 */
public abstract class VerdictQuestion<S extends Judged> extends Question {
    private final Class<S> subject;
    private final Outcome byDefault;

    protected VerdictQuestion(
            String name,
            String topic,
            String words,
            Outcome byDefault,
            Class<S> subject,
            FactType... subjects) {
        super(name, topic, words, subjects);
        this.byDefault = byDefault;
        this.subject = subject;
    }

    /** The verdict where no rule answers. */
    public final Outcome byDefault() {
        return byDefault;
    }

    @Override
    public final String otherwise() {
        return byDefault.word();
    }

    /** The verdict where the evaluation was broken off: never less careful than another. */
    public Outcome whereUndecided() {
        return Outcome.DENIED;
    }

    /** That it was. */
    public final Weighed failed(Undecided why) {
        return Verdicts.failed(whereUndecided(), why);
    }

    /** The most careful answer wins. */
    public final Weighed weigh(List<Answered> answers) {
        return Verdicts.weigh(byDefault, answers);
    }

    /**
     * The same where some subjects are opened only by rules that mean them.
     *
     * @param ofOrdinary the answers about {@link #ordinary}
     * @param why a rule that would open that one too does not open this one
     */
    public final Weighed weigh(List<Answered> answers, List<Answered> ofOrdinary, Reason why) {
        return Verdicts.weigh(byDefault, answers, ofOrdinary, why);
    }

    /** Where a subject is not opened by rules that would open an ordinary one as well: that one. */
    public Optional<S> ordinary(S subject) {
        return Optional.empty();
    }

    /** Why they do not. */
    public Reason unmeant(S subject) {
        throw new IllegalStateException("every " + subject + " is ordinary");
    }

    /** What is asked, in words: {@code connect api.example:443}. */
    public abstract String asked(S subject);

    /** The file of a project in which rules about it stand, without folder and ending. */
    public abstract String file();

    /** What a rule says that allows it. */
    public String allowing() {
        return "allow();";
    }

    /** The condition of a rule about this subject alone; empty where none can be written. */
    public abstract Optional<String> condition(S subject);

    final boolean isAbout(Judged it) {
        return subject.isInstance(it);
    }

    /** The facts that the subject is. */
    public List<Object> facts(S it) {
        return List.of(it);
    }

    /** The subject that these facts are; empty where they are not all of it. */
    public Optional<S> subject(List<?> facts) {
        return facts.stream().filter(subject::isInstance).map(subject::cast).findFirst();
    }

    /**
     * The subject with another value in one of its fields, and whatever goes with that.
     *
     * @throws IllegalArgumentException where there is no such subject
     * @throws ArithmeticException where a number does not fit
     */
    public S with(S it, String field, Object value) {
        return subject.cast(Records.with(it, field, value));
    }
}
