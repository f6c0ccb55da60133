package dev.blast.solver.repair;

import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.LettingGo;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Price;
import dev.blast.solver.Companions;
import dev.blast.solver.Judge;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A judge whose word is kept, so that each candidate is judged once for all requests. */
final class RememberedJudge implements Judge {
    private final Judge judge;
    private final Map<Candidate, Judgement> said = new HashMap<>();
    private final Map<Candidate, Judgement> foreseen = new HashMap<>();

    RememberedJudge(Judge judge) {
        this.judge = judge;
    }

    @Override
    public Judgement judge(Candidate candidate) {
        return said.computeIfAbsent(candidate, judge::judge);
    }

    @Override
    public Optional<Companions> companions() {
        return judge.companions();
    }

    @Override
    public Price price(LettingGo what) {
        return judge.price(what);
    }

    @Override
    public Judgement foresee(Candidate candidate) {
        return foreseen.computeIfAbsent(candidate, judge::foresee);
    }

    @Override
    public boolean asksMetadata() {
        return judge.asksMetadata();
    }

    @Override
    public boolean givesPoints() {
        return judge.givesPoints();
    }
}
