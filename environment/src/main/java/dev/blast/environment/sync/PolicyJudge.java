package dev.blast.environment.sync;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.LettingGo;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Price;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.solver.Companions;
import dev.blast.solver.Judge;
import java.util.List;
import java.util.Optional;

/** The rules as the solver asks them. */
final class PolicyJudge implements Judge {
    private final Policy policy;
    private final Context context;
    private final boolean asksMetadata;

    /** Without the rules that look into metadata. */
    private final Policy beforehand;

    PolicyJudge(Policy policy, Context context) {
        this.policy = policy;
        this.context = context;
        this.asksMetadata = policy.judgesBy(Candidate.class, Candidate.LICENSE);
        this.beforehand =
                asksMetadata ? policy.withoutLookingAt(Candidate.class, Candidate.LICENSE) : policy;
    }

    @Override
    public Judgement judge(Candidate candidate) {
        return policy.judge(candidate, context);
    }

    /** Where no rule answers, one that was not asked yet may. */
    @Override
    public Judgement foresee(Candidate candidate) {
        Judgement judgement = beforehand.judge(candidate, context);
        return asksMetadata && judgement.byDefault() ? open(judgement) : judgement;
    }

    private static Judgement open(Judgement judgement) {
        return new Judgement(
                Outcome.ALLOWED,
                List.of(),
                judgement.overridden(),
                judgement.warnings(),
                judgement.untrusted(),
                judgement.preferences(),
                judgement.bandwidth(),
                null);
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
    public boolean asksMetadata() {
        return asksMetadata;
    }

    @Override
    public boolean givesPoints() {
        return beforehand.gives(Aspect.POINTS);
    }
}
