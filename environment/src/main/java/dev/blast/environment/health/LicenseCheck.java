package dev.blast.environment.health;

import dev.blast.environment.change.LiftedHold;
import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.vocabulary.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for installed versions that a rule does not let be chosen for their license. No other rule
 * on single versions is asked: those look at what an index says.
 */
public final class LicenseCheck {
    private final Policy rules;
    private final Context context;
    private final List<LiftedHold> lifted;

    /**
     * By the rules that look at licenses.
     *
     * @param lifted holds that a person lifted: they hold nothing
     */
    public LicenseCheck(Policy policy, Context context, List<LiftedHold> lifted) {
        this.rules = policy.lookingAt(Candidate.class, Candidate.LICENSE);
        this.context = context;
        this.lifted = lifted;
    }

    /**
     * What it found; empty where there is nothing to say.
     *
     * @param installed with their licenses
     */
    public Optional<Finding.Unlicensed> of(List<Candidate> installed) {
        var refused = new ArrayList<RefusedLicense>();
        for (Candidate candidate : installed) {
            Judgement judgement = rules.judge(candidate, context);
            if (!judgement.allowed() && !judgement.byDefault() && !isLifted(candidate, judgement)) {
                refused.add(
                        new RefusedLicense(
                                candidate.name(),
                                candidate.version(),
                                candidate.license(),
                                judgement.deciding().stream().findFirst(),
                                Optional.ofNullable(judgement.failure())));
            }
        }
        return refused.isEmpty() ? Optional.empty() : Optional.of(new Finding.Unlicensed(refused));
    }

    private boolean isLifted(Candidate candidate, Judgement judgement) {
        return judgement.outcome() == Outcome.HELD
                && judgement.deciding().stream()
                        .map(hold -> LiftedHold.of(candidate.name(), candidate.version(), hold))
                        .allMatch(hold -> lifted.stream().anyMatch(hold::isKnownBy));
    }
}
