package dev.blast.rules.question;

import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import java.util.List;

final class RequirementQuestion extends StrategyQuestion {
    RequirementQuestion() {
        super("requirement", "Which strategy for this requirement?", Facts.REQUIREMENT);
    }

    @Override
    public List<FactType> beside() {
        return List.of(Facts.SYNC);
    }

    @Override
    public String otherwise() {
        return "the strategy of the synchronisation";
    }
}
