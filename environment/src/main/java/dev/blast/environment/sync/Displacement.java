package dev.blast.environment.sync;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.solver.Overrides;
import dev.blast.solver.Pin;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Why a package changes with another one: by what that needs, or needs no longer. */
public sealed interface Displacement {
    /** A package of the answer needs another version than the one that was there. */
    record Needed(Pin by, Requirement requirement) implements Displacement {}

    /** A constraint shuts the version out that was there. */
    record Narrowed(RootRequirement constraint) implements Displacement {}

    /**
     * The package that needed it needs it no longer.
     *
     * @param now the version in the answer; null where it goes too
     */
    record Unneeded(PackageName by, @Nullable Version now) implements Displacement {}

    /**
     * For each package that changes or goes, the first other one that makes it; none for what goes
     * by the project's own lines.
     *
     * @param before what was locked
     */
    static Map<PackageName, Displacement> of(
            SyncPlan plan, Request request, Resolution resolution, Collection<Pin> before) {
        Map<PackageName, Displacement> displaced = new TreeMap<>();
        for (Change change : plan.changes()) {
            Optional<Displacement> displacement =
                    switch (change) {
                        case Change.Replace(Version from, _) ->
                                shutOut(change.name(), from, request, resolution);
                        case Change.Remove _ -> left(change.name(), resolution, before);
                        case Change.Add _, Change.Repair _, Change.Keep _, Change.Foreign _ ->
                                Optional.empty();
                    };
            displacement.ifPresent(it -> displaced.put(change.name(), it));
        }
        return displaced;
    }

    private static Optional<Displacement> shutOut(
            PackageName name, Version from, Request request, Resolution resolution) {
        for (RootRequirement root : request.requirements()) {
            if (excludes(root.requirement(), name, from)
                    && root.requirement().appliesTo(request.target().markers(), Set.of())) {
                return root.constraint() ? Optional.of(new Narrowed(root)) : Optional.empty();
            }
        }
        var overrides = Overrides.of(request.requirements(), request.target().markers());
        for (Pin pin : resolution.pins()) {
            for (Requirement requirement : pin.dependencies()) {
                if (!overrides.isAbout(name) && excludes(requirement, name, from)) {
                    return Optional.of(new Needed(pin, requirement));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean excludes(Requirement requirement, PackageName name, Version version) {
        return requirement.name().equals(name) && !requirement.specifier().contains(version);
    }

    private static Optional<Displacement> left(
            PackageName name, Resolution resolution, Collection<Pin> before) {
        return before.stream()
                .filter(pin -> !pin.name().equals(name))
                .filter(pin -> pin.dependencies().stream().anyMatch(it -> it.name().equals(name)))
                .map(Pin::name)
                .sorted()
                .<Displacement>map(
                        by -> new Unneeded(by, resolution.pin(by).map(Pin::version).orElse(null)))
                .findFirst();
    }
}
