package dev.blast.solver.repair;

import dev.blast.packaging.PackageName;
import dev.blast.solver.Proof;
import dev.blast.solver.Request;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Conflicts that another one hides. A search ends at the first thing that is in the way; where that
 * are versions that cannot be used, it goes on as if nobody needed their package, and else without
 * what was blamed. What is found so holds for the whole request: less was asked for. For one
 * thread.
 */
final class Besides {
    /** Conflicts that anybody will read. */
    private static final int SHOWN = 3;

    private final Solving solving;

    Besides(Solving solving) {
        this.solving = solving;
    }

    /** The others, in the order in which they come up. */
    List<Proof> of(Request request, Proof first) {
        List<Proof> others = new ArrayList<>();
        Set<PackageName> ignored = new HashSet<>();
        Request rest = request;
        Optional<Proof> last = Optional.of(first);
        while (last.isPresent() && others.size() < SHOWN) {
            Set<PackageName> hindered = hindered(last.get());
            if (!ignored.addAll(hindered)) {
                rest = rest.with(without(rest.requirements(), last.get().core()));
            }
            last = solving.conflict(rest, ignored);
            last.ifPresent(others::add);
        }
        return others;
    }

    /** Packages of which no version is left, for reasons that have nothing to do with others. */
    private static Set<PackageName> hindered(Proof proof) {
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

    private static List<RootRequirement> without(
            List<RootRequirement> requirements, List<RootRequirement> core) {
        return requirements.stream().filter(root -> !core.contains(root)).toList();
    }
}
