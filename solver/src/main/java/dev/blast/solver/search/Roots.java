package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.solver.Pin;
import dev.blast.solver.Request;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.UnsupportedRequirementException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of single packages, by those of its requirements that hold for the target.
 */
final class Roots {
    private final Request request;
    private final Map<PackageName, RootRequirement> direct = new HashMap<>();
    private final Map<PackageName, DistributionFile> addressed = new HashMap<>();
    private final Set<PackageName> prereleases = new HashSet<>();
    private final List<Requirement> pinned = new ArrayList<>();

    /**
     * @throws UnsupportedRequirementException for an address that no wheel is behind
     */
    Roots(Request request) {
        this.request = request;
        for (RootRequirement root : request.requirements()) {
            Requirement requirement = root.requirement();
            if (!applies(requirement)) {
                continue;
            }
            if (!root.constraint()) {
                direct.putIfAbsent(requirement.name(), root);
                if (requirement.url() != null) {
                    addressed.put(requirement.name(), behind(root));
                }
            }
            if (requirement.specifier().namesPrerelease()) {
                prereleases.add(requirement.name());
            }
            if (requirement.specifier().isPin()) {
                pinned.add(requirement);
            }
        }
    }

    private DistributionFile behind(RootRequirement root) {
        DistributionFile source = request.sourcing().addressed().get(root.requirement().name());
        return source == null ? AddressedWheel.of(root) : source;
    }

    Request request() {
        return request;
    }

    /** Whether a requirement of the request holds for the target. */
    boolean applies(Requirement requirement) {
        return requirement.appliesTo(request.target().markers(), Set.of());
    }

    /** The first requirement that asks for the package itself. */
    @Nullable RootRequirement direct(PackageName name) {
        return direct.get(name);
    }

    boolean isDirect(PackageName name) {
        return direct.containsKey(name);
    }

    /**
     * What is behind the address that the request names for the package: then there is no other
     * version of it.
     */
    @Nullable DistributionFile addressed(PackageName name) {
        return addressed.get(name);
    }

    boolean isAddressed(PackageName name) {
        return addressed.containsKey(name);
    }

    /** Whether pre-releases of the package may be chosen where nothing else fits. */
    boolean mayConcede(PackageName name) {
        return switch (request.prereleases()) {
            case DISALLOW -> false;
            case ALLOW, IF_NECESSARY -> true;
            case EXPLICIT -> prereleases.contains(name);
        };
    }

    /** Whether a pre-release may be chosen like any other version. */
    boolean letsThrough(PackageName name, Version prerelease) {
        return isAddressed(name)
                || switch (request.prereleases()) {
                    case DISALLOW -> false;
                    case ALLOW -> true;
                    case IF_NECESSARY, EXPLICIT ->
                            isLocked(name, prerelease) || isPinned(name, prerelease);
                };
    }

    /** Whether it names exactly this version. */
    boolean isPinned(PackageName name, Version version) {
        return pinned.stream()
                .anyMatch(requirement ->
                        requirement.name().equals(name)
                                && requirement.specifier().contains(version));
    }

    @Nullable Pin locked(PackageName name) {
        return request.preferences().locked().get(name);
    }

    boolean isLocked(PackageName name, Version version) {
        Pin locked = locked(name);
        return locked != null && locked.version().equals(version);
    }

    boolean isInstalled(PackageName name, Version version) {
        return Objects.equals(request.preferences().installed().get(name), version);
    }
}
