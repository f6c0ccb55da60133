package dev.blast.environment.sync;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.verdict.Judgement;
import dev.blast.solver.Judge;

/** The rules as the solver asks them. */
final class PolicyJudge implements Judge {
    private final Policy policy;
    private final Context context;
    private final boolean givesPoints;

    PolicyJudge(Policy policy, Context context) {
        this.policy = policy;
        this.context = context;
        this.givesPoints =
                policy.rules().stream()
                        .flatMap(rule -> rule.verbs().stream())
                        .anyMatch(verb -> verb.startsWith("prefer(") || verb.startsWith("avoid("));
    }

    @Override
    public Judgement judge(Candidate candidate) {
        return policy.judge(candidate, context);
    }

    @Override
    public boolean givesPoints() {
        return givesPoints;
    }
}
