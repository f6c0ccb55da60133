package dev.blast.environment.health;

import dev.blast.rules.CompanionRules;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.verdict.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for two installed versions that the rules do not let stand together. */
public final class CompanionCheck {
    private final CompanionRules rules;

    public CompanionCheck(CompanionRules rules) {
        this.rules = rules;
    }

    /** What it found; empty where all may stand together. */
    public Optional<Finding.KeptApart> of(List<Candidate> installed) {
        List<Candidate> meant =
                installed.stream().filter(it -> rules.kind(it).isPresent()).toList();
        var apart = new ArrayList<Finding.Two>();
        for (int place = 0; place < meant.size(); place++) {
            for (Candidate other : meant.subList(place + 1, meant.size())) {
                judge(meant.get(place), other).ifPresent(apart::add);
            }
        }
        return apart.isEmpty() ? Optional.empty() : Optional.of(new Finding.KeptApart(apart));
    }

    private Optional<Finding.Two> judge(Candidate one, Candidate other) {
        Judgement judgement = rules.judge(one, other);
        return judgement.allowed()
                ? Optional.empty()
                : Optional.of(
                        new Finding.Two(
                                one.name(),
                                one.version(),
                                other.name(),
                                other.version(),
                                judgement.deciding().stream().findFirst(),
                                Optional.ofNullable(judgement.failure())));
    }
}
