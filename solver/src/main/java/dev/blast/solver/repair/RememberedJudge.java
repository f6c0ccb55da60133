package dev.blast.solver.repair;

import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.LettingGo;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Price;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.solver.Judge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A judge whose word is kept, so that each candidate is judged once for all requests. */
final class Lenience implements Judge {
    private final Judge judge;
    private final Map<Candidate, Judgement> said;
    private final Predicate<Candidate> lifted;

    private Lenience(Judge judge, Map<Candidate, Judgement> said, Predicate<Candidate> lifted) {
        this.judge = judge;
        this.said = said;
        this.lifted = lifted;
    }

    static Lenience of(Judge judge) {
        return new Lenience(judge, new HashMap<>(), _ -> false);
    }

    /** The same, but that holds on these candidates are lifted. */
    Lenience lifting(Predicate<Candidate> held) {
        return new Lenience(judge, said, held);
    }

    @Override
    public Judgement judge(Candidate candidate) {
        Judgement judgement = said.computeIfAbsent(candidate, judge::judge);
        return judgement.outcome() == Outcome.HELD && lifted.test(candidate)
                ? allowed(judgement)
                : judgement;
    }

    private static Judgement allowed(Judgement held) {
        return new Judgement(
                Outcome.ALLOWED,
                List.of(),
                held.overridden(),
                held.warnings(),
                held.untrusted(),
                held.preferences(),
                held.bandwidth(),
                held.failure());
    }

    @Override
    public Price price(LettingGo what) {
        return judge.price(what);
    }

    @Override
    public boolean givesPoints() {
        return judge.givesPoints();
    }
}
