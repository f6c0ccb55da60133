package dev.blast.environment.session;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.Gatekeeper;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.vocabulary.Outcome;
import java.util.List;

/** Of a gate that is only tried. */
final class NothingReached implements Gatekeeper {
    private static final Judgement DENIED =
            new Judgement(
                    Outcome.DENIED,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    null);

    @Override
    public Judgement judge(Connection asked) {
        return DENIED;
    }

    @Override
    public Judgement lookUp(String name) {
        return DENIED;
    }

    @Override
    public void attempted(ConnectionAttempt attempt) {}

    @Override
    public void carried(ConnectionAttempt.Traffic traffic) {}
}
