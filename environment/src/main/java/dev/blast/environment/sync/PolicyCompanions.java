package dev.blast.environment.sync;

import dev.blast.rules.CompanionRules;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.verdict.Judgement;
import dev.blast.solver.Companions;
import java.util.Optional;

/** The rules on two versions as the solver asks them. */
record PolicyCompanions(CompanionRules rules) implements Companions {
    @Override
    public Judgement judge(Candidate one, Candidate other) {
        return rules.judge(one, other);
    }

    @Override
    public Optional<Object> kind(Candidate candidate) {
        return rules.kind(candidate);
    }
}
