package dev.blast.solver.search;

import dev.blast.index.IndexException;
import dev.blast.solver.Proof;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Facts;
import dev.blast.solver.logic.Incompatibility;
import dev.blast.solver.proof.Argument;
import dev.blast.solver.proof.Proofs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Finds out which requirements of a request exclude each other: leaves out one after the other and
 * resolves the rest again. Then proves it with as few words as it can.
 */
final class Blame {
    /**
     * Versions that resolving a part of the request may read beyond those that are known already.
     */
    private static final int READS = 300;

    private final List<RootRequirement> requirements;
    private final Solver solver;
    private boolean minimal = true;

    /** Resolves a part of the request. */
    @FunctionalInterface
    interface Solver {
        Search.End solve(List<RootRequirement> requirements, int reads) throws IndexException;
    }

    Blame(List<RootRequirement> requirements, Solver solver) {
        this.requirements = requirements;
        this.solver = solver;
    }

    /**
     * The proof.
     *
     * @param empty the incompatibility without terms that a search ended with
     */
    Proof proof(Incompatibility empty) throws IndexException {
        Incompatibility least = empty;
        List<RootRequirement> core = asked(empty);
        for (RootRequirement root : List.copyOf(core)) {
            if (core.size() > 1 && core.contains(root)) {
                List<RootRequirement> others = new ArrayList<>(core);
                others.remove(root);
                switch (solver.solve(others, READS)) {
                    case Search.End.Found _ -> {}
                    case Search.End.Open _ -> minimal = false;
                    case Search.End.Impossible(Incompatibility smaller) -> {
                        least = smaller;
                        core = asked(smaller);
                    }
                }
            }
        }
        return Proofs.of(Argument.of(Facts.of(least)), core, minimal);
    }

    /** The requirements of the request that a conclusion rests on, in the order of the request. */
    private List<RootRequirement> asked(Incompatibility conclusion) {
        return asked(Facts.of(conclusion), requirements);
    }

    /** Those of these requirements that facts are about, in their order. */
    static List<RootRequirement> asked(
            Collection<Incompatibility> facts, List<RootRequirement> requirements) {
        List<RootRequirement> asked =
                facts.stream()
                        .map(Incompatibility::cause)
                        .filter(Cause.Asked.class::isInstance)
                        .map(cause -> ((Cause.Asked) cause).root())
                        .toList();
        return requirements.stream().filter(asked::contains).distinct().toList();
    }
}
