package dev.blast.enforcer;

import dev.blast.enforcer.spawn.FrozenEnd;
import dev.blast.enforcer.spawn.Overseer;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.fact.ViolationKind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Wants the same for each violation of one kind, and remembers what it was told. */
public final class ScriptedOverseer implements Overseer {
    private final ViolationKind kind;
    private final Consequence consequence;
    private final List<Violation> told = new CopyOnWriteArrayList<>();
    private final List<FrozenEnd> ends = new CopyOnWriteArrayList<>();
    private final List<Done> done = new CopyOnWriteArrayList<>();

    public ScriptedOverseer(ViolationKind kind, Consequence consequence) {
        this.kind = kind;
        this.consequence = consequence;
    }

    @Override
    public Consequence violated(Violation violation) {
        told.add(violation);
        return violation.kind() == kind && done.isEmpty() ? consequence : Consequence.NONE;
    }

    @Override
    public void followed(Violation violation, Done what) {
        done.add(what);
    }

    @Override
    public void endedFrozen(Violation violation, FrozenEnd end) {
        ends.add(end);
    }

    public List<FrozenEnd> ends() {
        return ends;
    }

    public List<Violation> told() {
        return told;
    }

    public List<Done> done() {
        return done;
    }
}
