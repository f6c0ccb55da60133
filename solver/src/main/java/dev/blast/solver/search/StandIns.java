package dev.blast.solver.search;

import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.BuildException;
import dev.blast.solver.Request;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands for names that no index is asked for, such as the project's own where it is not
 * installed. It is a choice of nobody and in no answer: a need is met by it or not. Each is asked
 * for when something needs it. For one thread.
 */
final class StandIns {
    private final Request request;
    private final Map<PackageName, StandIn> known = new HashMap<>();

    StandIns(Request request) {
        this.request = request;
    }

    /**
     * @param what it is: continues "which"
     * @param metadata null where none are known
     */
    private record StandIn(String what, @Nullable Metadata metadata) {}

    /** What it is that a name stands for, continues "which"; null where an index is asked. */
    @Nullable String what(PackageName name) throws IndexException {
        StandIn standIn = of(name);
        return standIn == null ? null : standIn.what();
    }

    /**
     * What has to be chosen for a requirement: it itself, or what extras add to what meets it
     * without a choice.
     */
    List<Requirement> leave(Requirement requirement) throws IndexException {
        if (!meets(requirement)) {
            return List.of(requirement);
        }
        var left = new HashSet<Requirement>();
        var open = new ArrayDeque<Requirement>(List.of(requirement));
        var seen = new HashSet<Requirement>();
        while (!open.isEmpty()) {
            Requirement next = open.remove();
            if (!meets(next)) {
                left.add(next);
            } else if (seen.add(next)) {
                added(next).forEach(open::add);
            }
        }
        return left.stream().sorted((a, b) -> a.toString().compareTo(b.toString())).toList();
    }

    private boolean meets(Requirement requirement) throws IndexException {
        StandIn standIn = of(requirement.name());
        return standIn != null
                && standIn.metadata() != null
                && standIn.metadata().providesExtra().containsAll(requirement.extras())
                && requirement.url() == null
                && requirement.specifier().contains(standIn.metadata().version(), true);
    }

    private Stream<Requirement> added(Requirement met) throws IndexException {
        Set<ExtraName> extras = met.extras();
        StandIn standIn = of(met.name());
        return standIn == null || standIn.metadata() == null || extras.isEmpty()
                ? Stream.of()
                : standIn.metadata().requiresDist().stream()
                        .filter(it -> !applies(it, Set.of()) && applies(it, extras));
    }

    private boolean applies(Requirement requirement, Set<ExtraName> extras) {
        return requirement.appliesTo(request.target().markers(), extras);
    }

    private @Nullable StandIn of(PackageName name) throws IndexException {
        String what = request.own().get(name);
        if (what == null) {
            return null;
        }
        StandIn standIn = known.get(name);
        if (standIn == null) {
            standIn = ask(name, what);
            known.put(name, standIn);
        }
        return standIn;
    }

    private StandIn ask(PackageName name, String what) throws IndexException {
        try {
            Metadata metadata = request.sourcing().builder().standIn(name).orElse(null);
            return metadata == null
                    ? new StandIn(what, null)
                    : new StandIn(what + ", version " + metadata.version(), metadata);
        } catch (BuildException e) {
            return new StandIn("%s, and %s".formatted(what, e.sentence()), null);
        }
    }
}
