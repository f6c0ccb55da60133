package dev.blast.solver.proof;

import dev.blast.packaging.Credentials;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Specifier;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.VersionSet;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.States;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Puts sets of versions into words: by a specifier that somebody wrote where one fits, else by the
 * versions themselves.
 */
final class Phrases {
    /** Runs of versions that are listed one by one. */
    private static final int RUNS = 3;

    /** Spans up to which a set of versions is written as a specifier. */
    private static final int SPANS = 2;

    private static final List<String> LOWER_FIRST =
            List.of("===", "==", "~=", ">=", ">", "!=", "<", "<=");

    private final Map<PackageName, Map<States, String>> written = new HashMap<>();

    /** Remembers a requirement as something that readers know. */
    void note(Node node, Requirement requirement) {
        if (requirement.url() == null && !requirement.specifier().specifiers().isEmpty()) {
            States accepted = node.domain().accepted(requirement.specifier().versions());
            written.computeIfAbsent(node.name(), _ -> new LinkedHashMap<>())
                    .putIfAbsent(accepted, specifier(requirement.specifier()));
        }
    }

    /**
     * The package with a requirement's specifier, as it was written but for the order of its
     * clauses.
     */
    static String requirement(Node node, Requirement requirement) {
        return requirement.url() != null
                ? node + " @ " + Credentials.strip(requirement.url())
                : join(node, specifier(requirement.specifier()));
    }

    /**
     * What several requirements of one package have in common: the weakest of them, or all that
     * they let through.
     */
    static String common(Node node, List<Requirement> requirements) {
        VersionSet all = VersionSet.EMPTY;
        for (Requirement requirement : requirements) {
            all = all.or(set(requirement));
        }
        VersionSet union = all;
        return requirements.stream()
                .filter(requirement -> set(requirement).equals(union))
                .map(requirement -> requirement(node, requirement))
                .min(
                        Comparator.comparingInt(String::length)
                                .thenComparing(Comparator.naturalOrder()))
                .orElseGet(() -> united(node, union));
    }

    private static String united(Node node, VersionSet all) {
        return all.spans().size() <= SPANS
                ? join(node, all.toString())
                : "%s %s".formatted(node, listed(node.domain(), node.domain().accepted(all)));
    }

    private static VersionSet set(Requirement requirement) {
        return requirement.url() != null ? VersionSet.ALL : requirement.specifier().versions();
    }

    /** The node at one of these states; absence does not count. */
    String versions(Node node, States states) {
        States present = states.without(States.ABSENT);
        return isSpecified(node, present)
                ? join(node, specified(node, present))
                : "%s %s".formatted(node, listed(node.domain(), present));
    }

    /** Whether {@link #versions} uses a specifier or the name alone. */
    boolean isSpecified(Node node, States states) {
        States present = states.without(States.ABSENT);
        return present.equals(node.domain().present())
                || (present.count() > 1 && written(node).containsKey(present));
    }

    /** The versions themselves: {@code 1.0, 1.2 … 1.4}. */
    static String listed(Domain domain, States states) {
        var runs = new ArrayList<String>();
        int count = 0;
        int first = states.next(States.ABSENT + 1);
        int last = first;
        while (first > 0) {
            last = states.not().next(first + 1);
            last = (last < 0 ? states.size() : last) - 1;
            count += last - first + 1;
            String from = domain.version(first).toString();
            runs.add(
                    first == last
                            ? from
                            : from + (last == first + 1 ? ", " : " … ") + domain.version(last));
            first = states.next(last + 1);
        }
        if (runs.size() <= RUNS) {
            return String.join(", ", runs);
        }
        return "(%d versions from %s to %s)"
                .formatted(
                        count,
                        domain.version(states.next(States.ABSENT + 1)),
                        domain.version(states.previous(states.size() - 1)));
    }

    private String specified(Node node, States present) {
        return present.equals(node.domain().present())
                ? ""
                : Objects.requireNonNull(written(node).get(present));
    }

    private Map<States, String> written(Node node) {
        return written.getOrDefault(node.name(), Map.of());
    }

    private static String join(Node node, String specifier) {
        return specifier.isEmpty() ? node.toString() : node + " " + specifier;
    }

    /** The clauses as they were written, lower bounds first. */
    static String specifier(SpecifierSet set) {
        return set.specifiers().stream()
                .sorted(Comparator.comparingInt(Phrases::place).thenComparing(Specifier::toString))
                .map(Specifier::toString)
                .collect(Collectors.joining(","));
    }

    private static int place(Specifier clause) {
        return LOWER_FIRST.indexOf(
                clause.toString()
                        .substring(0, clause.toString().length() - clause.version().length()));
    }
}
