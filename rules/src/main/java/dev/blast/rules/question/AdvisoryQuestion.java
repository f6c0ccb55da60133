package dev.blast.rules.question;

import dev.blast.rules.fact.Advisory;
import dev.blast.rules.vocabulary.Accepts;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.Type;
import dev.blast.rules.vocabulary.Verb;
import java.util.List;
import java.util.Optional;

/** Allowed means that a rule sets the advisory aside. */
final class AdvisoryQuestion extends VerdictQuestion<Advisory> {
    private static final Verb IGNORE =
            Verb.opens("ignore", Aspect.VERDICT)
                    .mayTake("why", Type.TEXT, Accepts.ANYTHING)
                    .means("the advisory does not count here", it -> new Answer.Allow(it.text(0)));

    AdvisoryQuestion() {
        super(
                "advisory",
                "advisory",
                "May this advisory be set aside?",
                Outcome.DENIED,
                Advisory.class,
                Facts.ADVISORY);
    }

    @Override
    public List<Verb> verbs() {
        return List.of(IGNORE);
    }

    @Override
    public String asked(Advisory it) {
        return "advisory %s of %s %s".formatted(Quoted.plain(it.id()), it.name(), it.version());
    }

    @Override
    public String file() {
        return "advisories";
    }

    @Override
    public String allowing() {
        return "ignore();";
    }

    @Override
    public Optional<String> condition(Advisory it) {
        return Quoted.literal(it.id())
                .map(id -> "Advisory( id == %s, name == \"%s\" )".formatted(id, it.name()));
    }
}
