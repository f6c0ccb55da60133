package dev.blast.environment.sync;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.LettingGo;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Price;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.solver.Companions;
import dev.blast.solver.Judge;
import java.util.Optional;

/** The rules as the solver asks them. */
record PolicyJudge(Policy policy, Context context) implements Judge {
    @Override
    public Judgement judge(Candidate candidate) {
        return policy.judge(candidate, context);
    }

    @Override
    public Optional<Companions> companions() {
        return policy.companions(context).map(PolicyCompanions::new);
    }

    @Override
    public Price price(LettingGo what) {
        return policy.price(what, context);
    }

    @Override
    public boolean givesPoints() {
        return policy.gives(Aspect.POINTS);
    }
}
