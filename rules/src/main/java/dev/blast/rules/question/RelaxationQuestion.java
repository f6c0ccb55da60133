package dev.blast.rules.question;

import dev.blast.rules.verdict.Answered;
import dev.blast.rules.verdict.Price;
import dev.blast.rules.verdict.Pricing;
import dev.blast.rules.vocabulary.Accepts;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.rules.vocabulary.Effect;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Type;
import dev.blast.rules.vocabulary.Verb;
import dev.blast.rules.vocabulary.Verbs;
import java.util.List;

/** What it costs to let go of something where there is no answer. */
public final class RelaxationQuestion extends Question {
    private static final Verb COST =
            Verb.steers("cost", Effect.PRICES, Aspect.PRICE)
                    .takes("points", Type.NUMBER, Accepts.PRICE)
                    .means(
                            "what it costs; of several ways out the cheapest comes first",
                            it -> new Answer.Cost(it.number(0)));

    RelaxationQuestion() {
        super("relaxation", "repair", "Which repair costs what?", Facts.RELAXATION);
    }

    @Override
    public List<Verb> verbs() {
        return List.of(COST, Verbs.DENY);
    }

    @Override
    public String otherwise() {
        return "the shipped costs";
    }

    /** The price that these answers make. */
    public Price weigh(List<Answered> answers) {
        return Pricing.weigh(answers);
    }
}
