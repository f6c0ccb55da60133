package dev.blast.solver.repair;

import dev.blast.packaging.PackageName;
import dev.blast.solver.Proof;
import dev.blast.solver.Request;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Conflicts that another one hides. A search ends at the first thing that is in the way; where that
 * are versions that cannot be used, it goes on as if nobody needed their package, and else without
 * what was blamed. What is found so holds for the whole request: less was asked for. For one
 * thread.
 */
final class Besides {
    private final Solving solving;
    private final Set<PackageName> ignored = new HashSet<>();
    private Request rest;

    /** Null where there is none any more. */
    private @Nullable Proof last;

    Besides(Solving solving, Request request, Proof first) {
        this.solving = solving;
        this.rest = request;
        this.last = first;
    }

    /** The next one; empty where there is none any more, or nobody knows. */
    Optional<Proof> next(Pace pace) {
        if (last != null) {
            leaveOut(last);
            last = solving.conflict(rest, ignored, pace).orElse(null);
        }
        return Optional.ofNullable(last);
    }

    /** What is not asked for goes before what is, which is in the way of nothing else then. */
    private void leaveOut(Proof proof) {
        Set<PackageName> hindered = hindered(proof);
        Set<PackageName> needed = new HashSet<>(hindered);
        rest.requirements().forEach(root -> needed.remove(root.requirement().name()));
        if (!ignored.addAll(needed) && !ignored.addAll(hindered)) {
            List<RootRequirement> core = proof.core();
            rest =
                    rest.with(
                            rest.requirements().stream()
                                    .filter(root -> !core.contains(root))
                                    .toList());
        }
    }

    /** Packages of which no version is left, for reasons that have nothing to do with others. */
    static Set<PackageName> hindered(Proof proof) {
        Set<PackageName> hindered = new HashSet<>();
        for (Statement statement : proof.statements()) {
            switch (statement) {
                case Statement.Unusable it when !it.ofOthers() -> hindered.add(it.about().name());
                case Statement.Ruled it -> hindered.add(it.about().name());
                default -> {}
            }
        }
        return hindered;
    }
}
