package dev.blast.solver.proof;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.solver.KnownVersions;
import dev.blast.solver.PackagePart;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.States;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** States as versions, with the specifier that a reader of the proof knows them by. */
final class Written {
    private final Map<PackageName, Map<States, SpecifierSet>> specifiers = new HashMap<>();

    /** Remembers a requirement as something that readers know; the first of equal effect stays. */
    void note(Node node, Requirement requirement) {
        if (requirement.url() == null && !requirement.specifier().specifiers().isEmpty()) {
            States accepted = node.domain().accepted(requirement.specifier().versions());
            specifiers
                    .computeIfAbsent(node.name(), _ -> new HashMap<>())
                    .putIfAbsent(accepted, requirement.specifier());
        }
    }

    /** The node at one of these states; absence does not count. */
    KnownVersions versions(Node node, States states) {
        States present = states.without(States.ABSENT);
        return new KnownVersions(
                part(node),
                runs(node.domain(), present),
                present.equals(node.domain().present()),
                specifier(node, present));
    }

    static PackagePart part(Node node) {
        return new PackagePart(node.name(), node.extra());
    }

    private @Nullable SpecifierSet specifier(Node node, States present) {
        return present.count() <= 1 || present.equals(node.domain().present())
                ? null
                : specifiers.getOrDefault(node.name(), Map.of()).get(present);
    }

    private static List<KnownVersions.Run> runs(Domain domain, States states) {
        var runs = new ArrayList<KnownVersions.Run>();
        int first = states.next(States.ABSENT + 1);
        while (first > 0) {
            int next = states.not().next(first + 1);
            int last = (next < 0 ? states.size() : next) - 1;
            runs.add(
                    new KnownVersions.Run(
                            domain.version(first), domain.version(last), last - first + 1));
            first = states.next(last + 1);
        }
        return runs;
    }
}
