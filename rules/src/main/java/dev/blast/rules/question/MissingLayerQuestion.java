package dev.blast.rules.question;

import dev.blast.rules.fact.MissingLayer;
import dev.blast.rules.vocabulary.Accepts;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Type;
import dev.blast.rules.vocabulary.Verb;
import java.util.List;
import java.util.Optional;

/** Allowed means that a rule accepts by name that the layer is not there. */
final class MissingLayerQuestion extends VerdictQuestion<MissingLayer> {
    private static final Verb ACCEPT =
            Verb.opens("accept", Aspect.VERDICT)
                    .mayTake("why", Type.TEXT, Accepts.ANYTHING)
                    .means("go on without it", it -> new Answer.Allow(it.text(0)));

    MissingLayerQuestion() {
        super(
                "missing layer",
                "layer",
                "May a session go on without this layer?",
                Outcome.DENIED,
                MissingLayer.class,
                Facts.MISSING_LAYER);
    }

    @Override
    public List<Verb> verbs() {
        return List.of(ACCEPT);
    }

    @Override
    public String asked(MissingLayer it) {
        return "without " + it.layer().title();
    }

    @Override
    public String file() {
        return "sandbox";
    }

    @Override
    public String allowing() {
        return "accept();";
    }

    @Override
    public Optional<String> condition(MissingLayer it) {
        return Optional.of("MissingLayer( layer == %s )".formatted(it.layer()));
    }
}
