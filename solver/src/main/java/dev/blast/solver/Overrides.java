package dev.blast.solver;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is left of requirements where a person overrides all that there are on a package: that it is
 * there, with its extras. Which versions may be chosen the override says, like a constraint. Where
 * its marker does not hold, nothing is left of them, as in uv.
 *
 * @param names the overridden packages
 * @param inForce those of which an override holds for the target, with the extras that it names
 */
public record Overrides(Set<PackageName> names, Map<PackageName, Set<ExtraName>> inForce) {
    public Overrides {
        names = Set.copyOf(names);
        inForce = Map.copyOf(inForce);
    }

    /** Those among what a person says, for a target with these markers. */
    public static Overrides of(List<RootRequirement> said, MarkerEnvironment markers) {
        var names = new HashSet<PackageName>();
        Map<PackageName, Set<ExtraName>> inForce = new HashMap<>();
        for (RootRequirement root : said) {
            if (root.isOverride()) {
                Requirement override = root.requirement();
                names.add(override.name());
                if (override.appliesTo(markers, Set.of())) {
                    inForce.computeIfAbsent(override.name(), _ -> new TreeSet<>())
                            .addAll(override.extras());
                }
            }
        }
        return new Overrides(names, inForce);
    }

    public boolean isAbout(PackageName name) {
        return names.contains(name);
    }

    /** What is left of a requirement; empty where nothing is. */
    public Optional<Requirement> leave(Requirement written) {
        if (!isAbout(written.name())) {
            return Optional.of(written);
        }
        return Optional.ofNullable(inForce.get(written.name()))
                .map(more -> {
                    var all = new TreeSet<>(written.extras());
                    all.addAll(more);
                    return new Requirement(
                            written.name(), all, SpecifierSet.ANY, null, written.marker());
                });
    }

    /** What is left of what a person says. */
    List<RootRequirement> leave(List<RootRequirement> said) {
        var left = new ArrayList<RootRequirement>();
        for (RootRequirement root : said) {
            if (root.constraint() || root.isQuestion()) {
                left.add(root);
            } else {
                leave(root.written())
                        .map(it -> root.editable() ? at(it, root.written().url()) : it)
                        .map(root::counting)
                        .ifPresent(left::add);
            }
        }
        return List.copyOf(left);
    }

    /** A folder that is read where it is stays the only one of its name: no index has another. */
    private static Requirement at(Requirement left, @Nullable String url) {
        return new Requirement(left.name(), left.extras(), SpecifierSet.ANY, url, left.marker());
    }
}
