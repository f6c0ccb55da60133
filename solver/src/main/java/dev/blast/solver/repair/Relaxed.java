package dev.blast.solver.repair;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.solver.Lift;
import dev.blast.solver.Proof;
import dev.blast.solver.Request;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request, and what of it is let go.
 *
 * @param relaxations one at most for each requirement, in the order of the request
 */
record Relaxed(Request original, Prices prices, List<Relaxation> relaxations) {

    /** Lets all versions of a package through and pre-releases with them. */
    private static final SpecifierSet FROM_THE_FIRST = SpecifierSet.parse(">=0.dev0");

    Relaxed {
        relaxations =
                relaxations.stream()
                        .sorted(Comparator.comparingInt(it -> place(original, it)))
                        .toList();
    }

    static Relaxed of(Request request) {
        Request remembering =
                request.judge() == null
                        ? request
                        : request.with(new RememberedJudge(request.judge()));
        return new Relaxed(remembering, new Prices(request), List.of());
    }

    /** Where in the request it is about; behind all of it where it is about nothing of it. */
    int place(Relaxation relaxation) {
        return place(original, relaxation);
    }

    private static int place(Request request, Relaxation relaxation) {
        return relaxation instanceof Relaxation.OfRoot it
                ? request.requirements().indexOf(it.root())
                : Integer.MAX_VALUE;
    }

    /** The same and one more, which takes the place of an earlier one of the same requirement. */
    Relaxed and(Relaxation more) {
        List<Relaxation> all = new ArrayList<>(relaxations);
        all.removeIf(it -> isAboutTheSame(it, more));
        all.add(more);
        return new Relaxed(original, prices, all);
    }

    private static boolean isAboutTheSame(Relaxation one, Relaxation other) {
        return one instanceof Relaxation.OfRoot mine
                ? other instanceof Relaxation.OfRoot its && its.root().equals(mine.root())
                : one.getClass() == other.getClass() && one.name().equals(other.name());
    }

    int cost() {
        return relaxations.stream().mapToInt(it -> prices.of(it).points()).sum();
    }

    /** Whether it lets go of all that these let go of. */
    boolean includes(List<Relaxation> others) {
        return others.stream()
                .allMatch(other -> relaxations.stream().anyMatch(it -> it.includes(other)));
    }

    /**
     * Whether nothing of it is about a package that a proof speaks of or blames, so that the proof
     * still holds.
     */
    boolean leavesAlone(Proof proof) {
        Set<PackageName> spoken = new HashSet<>();
        proof.core().forEach(root -> spoken.add(root.requirement().name()));
        for (Statement statement : proof.statements()) {
            spoken.add(statement.about().name());
            if (statement instanceof Statement.Needs needs) {
                spoken.add(needs.known().of().name());
            }
        }
        return relaxations.stream().map(Relaxation::name).noneMatch(spoken::contains);
    }

    /** What the request itself says where a requirement stands that may be a relaxed one. */
    RootRequirement origin(RootRequirement relaxed) {
        return original.requirements().stream()
                .filter(root -> relaxed.equals(now(root)))
                .findFirst()
                .orElse(relaxed);
    }

    /** Those that are about no requirement of the request. */
    List<Relaxation> others() {
        return relaxations.stream().filter(it -> !(it instanceof Relaxation.OfRoot)).toList();
    }

    /** What to solve. */
    Request request() {
        List<RootRequirement> now = new ArrayList<>();
        for (RootRequirement root : original.requirements()) {
            RootRequirement its = now(root);
            if (its != null) {
                now.add(its);
            }
        }
        return request(now);
    }

    /** The same for some of the requirements, as they are now. */
    Request request(List<RootRequirement> requirements) {
        List<RootRequirement> all = new ArrayList<>(requirements);
        Set<Lift> lifts = new HashSet<>();
        for (Relaxation relaxation : relaxations) {
            if (relaxation instanceof Relaxation.LiftHold(PackageName name, Version version, _)) {
                lifts.add(new Lift(name, version, null));
            }
            if (relaxation instanceof Relaxation.AllowPrereleases(PackageName name, _)) {
                var anything = new Requirement(name, Set.of(), FROM_THE_FIRST, null, null);
                all.add(RootRequirement.constraint(anything, ""));
            }
        }
        return original.with(all).lifting(lifts);
    }

    /** Null where it goes. */
    private @Nullable RootRequirement now(RootRequirement root) {
        for (Relaxation relaxation : relaxations) {
            if (relaxation instanceof Relaxation.OfRoot it && it.root().equals(root)) {
                return it instanceof Relaxation.Widen(_, Requirement to, _) ? with(root, to) : null;
            }
        }
        return root;
    }

    static RootRequirement with(RootRequirement root, Requirement requirement) {
        return root.with(requirement);
    }
}
