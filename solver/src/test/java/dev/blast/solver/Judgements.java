package dev.blast.solver;

import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import java.util.List;

/** What rules say, for tests. */
public final class Judgements {
    private Judgements() {}

    /** An outcome with the rules that decided it, and nothing else to say. */
    public static Judgement of(dev.blast.rules.vocabulary.Outcome outcome, List<Reason> deciding) {
        return new Judgement(
                outcome, deciding, List.of(), List.of(), List.of(), List.of(), null, null);
    }
}
