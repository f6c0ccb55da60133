package dev.blast.solver.logic;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;

/** The facts that a conclusion rests on. */
public final class Facts {
    private Facts() {}

    /** Every incompatibility below the conclusion that is not derived, each once. */
    public static Set<Incompatibility> of(Incompatibility conclusion) {
        var facts = new LinkedHashSet<Incompatibility>();
        Set<Incompatibility> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        var open = new ArrayDeque<Incompatibility>();
        open.add(conclusion);
        while (!open.isEmpty()) {
            Incompatibility next = open.removeFirst();
            if (seen.add(next)) {
                if (next.cause()
                        instanceof
                        Cause.Derived(Incompatibility left, Incompatibility right, Node _)) {
                    open.add(left);
                    open.add(right);
                } else {
                    facts.add(next);
                }
            }
        }
        return facts;
    }
}
