package dev.blast.solver;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is left of requirements where a person overrides all that there are on a package: that it is
 * there, with its extras. Which versions may be chosen the override says, like a constraint. Where
 * its marker does not hold, nothing is left of them, as in uv.
 *
 * @param extras of each overridden package those that an override in force names; empty where none
 *     is in force
 */
public record Overrides(Map<PackageName, Optional<Set<ExtraName>>> extras) {
    public Overrides {
        extras = Map.copyOf(extras);
    }

    /** Those among what a person says, for a target with these markers. */
    public static Overrides of(List<RootRequirement> said, MarkerEnvironment markers) {
        Map<PackageName, Optional<Set<ExtraName>>> all = new HashMap<>();
        for (RootRequirement root : said) {
            if (root.isOverride()) {
                Requirement requirement = root.requirement();
                Optional<Set<ExtraName>> its =
                        requirement.appliesTo(markers, Set.of())
                                ? Optional.of(requirement.extras())
                                : Optional.empty();
                all.merge(requirement.name(), its, Overrides::together);
            }
        }
        return new Overrides(all);
    }

    private static Optional<Set<ExtraName>> together(
            Optional<Set<ExtraName>> one, Optional<Set<ExtraName>> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        var both = new TreeSet<>(one.get());
        both.addAll(other.get());
        return Optional.of(both);
    }

    /** What is left of a requirement; empty where nothing is. */
    public Optional<Requirement> leave(Requirement written) {
        Optional<Set<ExtraName>> more = extras.get(written.name());
        if (more == null) {
            return Optional.of(written);
        }
        return more.map(names -> {
            var all = new TreeSet<>(written.extras());
            all.addAll(names);
            return new Requirement(written.name(), all, SpecifierSet.ANY, null, written.marker());
        });
    }

    /** What is left of what a person says. */
    List<RootRequirement> leave(List<RootRequirement> said) {
        var left = new ArrayList<RootRequirement>();
        for (RootRequirement root : said) {
            if (root.constraint() || root.isQuestion()) {
                left.add(root);
            } else {
                leave(root.written()).map(root::counting).ifPresent(left::add);
            }
        }
        return List.copyOf(left);
    }
}
