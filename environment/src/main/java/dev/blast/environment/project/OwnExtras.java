package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Marker;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.solver.RootRequirement;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a requirement on the project itself means, such as {@code all = ["demo[cli,web]"]}: the
 * requirements of the extras that it names, wherever it stands and however deep. Without extras it
 * means nothing new. One that names an address is about what is there.
 *
 * @param version null where it is not known before a build
 */
record OwnExtras(
        PackageName name, @Nullable Version version, Map<ExtraName, List<RootRequirement>> extras) {
    /** Conditions can be put together in ever more ways; nobody means so many. */
    private static final int MOST = 2000;

    /** The requirements, each once, in the order in which they are met. */
    List<RootRequirement> expand(List<RootRequirement> requirements) throws EnvironmentException {
        var expanded = new LinkedHashSet<RootRequirement>();
        expand(requirements, Set.of(), new HashSet<>(), expanded);
        return List.copyOf(expanded);
    }

    /** An extra where all these hold; once it has been followed, it brings nothing new. */
    private record Visit(ExtraName extra, Set<Marker> conditions) {}

    private void expand(
            List<RootRequirement> requirements,
            Set<Marker> conditions,
            Set<Visit> visited,
            Set<RootRequirement> expanded)
            throws EnvironmentException {
        for (RootRequirement root : requirements) {
            Requirement requirement = root.requirement();
            Set<Marker> all = with(conditions, requirement.marker());
            if (!requirement.name().equals(name) || requirement.url() != null) {
                expanded.add(under(root, all));
                continue;
            }
            if (version != null && !requirement.specifier().contains(version, true)) {
                throw new EnvironmentException(
                        "%s: '%s' is this project itself, which is %s"
                                .formatted(root.origin(), requirement, version));
            }
            for (ExtraName extra : requirement.extras()) {
                if (!extras.containsKey(extra)) {
                    throw new EnvironmentException(
                            "%s: '%s' is this project itself, which has no extra '%s'; there are: %s"
                                    .formatted(
                                            root.origin(),
                                            requirement,
                                            extra,
                                            extras.isEmpty() ? "none" : extras.keySet()));
                }
                if (visited.add(new Visit(extra, all))) {
                    if (visited.size() > MOST) {
                        throw new EnvironmentException(
                                "%s: the extras of %s name each other in more than %d ways"
                                        .formatted(root.origin(), name, MOST));
                    }
                    expand(Objects.requireNonNull(extras.get(extra)), all, visited, expanded);
                }
            }
        }
    }

    private static Set<Marker> with(Set<Marker> conditions, @Nullable Marker marker) {
        if (marker == null) {
            return conditions;
        }
        var all = new LinkedHashSet<>(conditions);
        all.add(marker);
        return all;
    }

    private static RootRequirement under(RootRequirement root, Set<Marker> conditions) {
        Requirement requirement = root.requirement();
        return root.with(
                new Requirement(
                        requirement.name(),
                        requirement.extras(),
                        requirement.specifier(),
                        requirement.url(),
                        conditions.stream().reduce(Marker::and).orElse(null)));
    }
}
