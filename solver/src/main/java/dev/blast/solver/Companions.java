package dev.blast.solver;

import dev.blast.rules.fact.Candidate;
import dev.blast.rules.verdict.Judgement;
import java.util.Optional;

/** The rules' word on two versions that would be chosen together. */
public interface Companions {

    /** May they? Either way round it is the same. */
    Judgement judge(Candidate one, Candidate other);

    /**
     * What versions are told apart by: those of equal kinds are judged alike, whatever they stand
     * beside. Empty for a version that may stand beside any.
     */
    Optional<Object> kind(Candidate candidate);
}
