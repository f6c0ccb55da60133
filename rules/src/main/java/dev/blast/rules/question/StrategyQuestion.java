package dev.blast.rules.question;

import dev.blast.rules.verdict.Answered;
import dev.blast.rules.verdict.Strategies;
import dev.blast.rules.verdict.StrategyChoice;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Verb;
import dev.blast.rules.vocabulary.Verbs;
import java.util.List;
import java.util.Optional;

/** A question whose answer is the name of a strategy. */
public abstract class StrategyQuestion extends Question {

    StrategyQuestion(String name, String words, FactType subject) {
        super(name, "strategy", words, subject);
    }

    @Override
    public final List<Verb> verbs() {
        return List.of(Verbs.USE);
    }

    /** Empty where no rule names one. */
    public final Optional<StrategyChoice> weigh(List<Answered> answers) {
        return Strategies.choose(answers);
    }
}
