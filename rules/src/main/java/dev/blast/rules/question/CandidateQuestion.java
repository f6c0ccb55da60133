package dev.blast.rules.question;

import dev.blast.rules.fact.Candidate;
import dev.blast.rules.vocabulary.Accepts;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.rules.vocabulary.Effect;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Type;
import dev.blast.rules.vocabulary.Verb;
import dev.blast.rules.vocabulary.Verbs;
import java.util.List;
import java.util.Optional;

final class CandidateQuestion extends VerdictQuestion<Candidate> {
    private static final Verb HOLD =
            Verb.narrows("hold", Aspect.VERDICT)
                    .mayTake("why", Type.TEXT, Accepts.ANYTHING)
                    .means(
                            "not now; a person may lift it by name",
                            it -> new Answer.Hold(it.text(0)));

    private static final Verb PREFER =
            Verb.steers("prefer", Effect.WEIGHS, Aspect.POINTS)
                    .takes("points", Type.NUMBER, Accepts.POINTS)
                    .means("points for it", it -> new Answer.Points(it.number(0)));

    private static final Verb AVOID =
            Verb.steers("avoid", Effect.WEIGHS, Aspect.POINTS)
                    .takes("points", Type.NUMBER, Accepts.POINTS)
                    .means("points against it", it -> new Answer.Points(-it.number(0)));

    CandidateQuestion() {
        super(
                "candidate",
                "package",
                "May this version be chosen?",
                Outcome.DENIED,
                Candidate.class,
                Facts.CANDIDATE);
    }

    @Override
    public List<Verb> verbs() {
        return List.of(Verbs.ALLOW, Verbs.DENY, HOLD, Verbs.WARN, PREFER, AVOID);
    }

    @Override
    public String asked(Candidate it) {
        return "package " + it.name() + "==" + it.version();
    }

    @Override
    public String file() {
        return "packages";
    }

    /** What is pinned is asked for by the project itself. */
    @Override
    public Candidate with(Candidate it, String field, Object value) {
        Candidate changed = super.with(it, field, value);
        return field.equals("pinned") ? super.with(changed, "direct", true) : changed;
    }

    @Override
    public Optional<String> condition(Candidate it) {
        return Optional.of(
                "Candidate( name == \"%s\", version == \"%s\" )"
                        .formatted(it.name(), it.version()));
    }
}
