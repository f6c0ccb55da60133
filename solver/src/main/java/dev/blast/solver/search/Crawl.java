package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.ProjectPage;
import dev.blast.index.WheelUse;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.UndefinedMarkerException;
import dev.blast.packaging.Version;
import dev.blast.solver.Overrides;
import dev.blast.solver.Prereleases;
import dev.blast.solver.Request;
import dev.blast.solver.RootRequirement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads ahead of the search: from a requirement to the page of its package, to the metadata of the
 * version that is likely to be chosen, to what that requires, as fast as answers come in. The
 * search then finds most pages and metadata at hand. A guess that turns out to be wrong costs one
 * version read; it cannot change an answer. For any thread.
 */
final class Crawl {
    private final Request request;
    private final Index index;
    private final Overrides overrides;
    private final Set<PackageName> seen = ConcurrentHashMap.newKeySet();

    Crawl(Request request, Index index) {
        this.request = request;
        this.index = index;
        this.overrides = Overrides.of(request.requirements(), request.target().markers());
        // No index is asked for these.
        seen.addAll(request.own().keySet());
        for (RootRequirement root : request.requirements()) {
            if (!root.constraint() && root.requirement().url() != null) {
                seen.add(root.requirement().name());
            }
        }
    }

    /** Begins with what the request asks for, and returns at once. */
    void start() {
        request.requirements().stream()
                .filter(root -> !root.constraint())
                .forEach(root -> follow(root.requirement(), Set.of(), true));
    }

    /**
     * Goes on with a requirement that became known, and returns at once.
     *
     * @param extras those of the package that has the requirement
     */
    void follow(Requirement requirement, Set<ExtraName> extras) {
        follow(requirement, extras, false);
    }

    /**
     * Begins to read the metadata of a wheel that may be needed soon, and returns at once. Nothing
     * is built before it is needed.
     */
    void read(DistributionFile file) {
        if (!file.kind().isSource()) {
            index.prefetch(file, _ -> {});
        }
    }

    private void follow(Requirement written, Set<ExtraName> extras, boolean direct) {
        overrides
                .leave(written)
                .filter(requirement -> applies(requirement, extras))
                .filter(requirement -> seen.add(requirement.name()))
                .ifPresent(requirement ->
                        index.prefetch(
                                requirement.name(), page -> follow(page, requirement, direct)));
    }

    /**
     * Whether the requirement, and what the request itself says of the package and its versions,
     * let the version through.
     */
    private boolean isAllowed(Requirement requirement, Version version) {
        return requirement.specifier().contains(version, letsPrereleasesThrough(requirement))
                && request.requirements().stream()
                        .filter(root -> root.requirement().name().equals(requirement.name()))
                        .allMatch(root -> root.requirement().specifier().contains(version))
                && !request.unusable()
                        .getOrDefault(requirement.name(), Map.of())
                        .containsKey(version);
    }

    private boolean letsPrereleasesThrough(Requirement requirement) {
        return request.prereleases() == Prereleases.ALLOW || requirement.specifier().isPin();
    }

    private boolean applies(Requirement requirement, Set<ExtraName> extras) {
        try {
            return requirement.appliesTo(request.target().markers(), extras);
        } catch (UndefinedMarkerException e) {
            return false; // The search says so if it comes to this requirement.
        }
    }

    private void follow(ProjectPage page, Requirement requirement, boolean direct) {
        List<Version> versions = likely(page, requirement, direct);
        for (Version version : versions) {
            if (isAllowed(requirement, version)
                    && chosen(page, version) instanceof Fitness.Fit(var file)
                    && file.yanked() == null) {
                if (!file.kind().isSource()) {
                    index.prefetch(
                            file,
                            metadata ->
                                    metadata.requiresDist()
                                            .forEach(
                                                    it -> follow(it, requirement.extras(), false)));
                }
                return;
            }
        }
    }

    private Fitness chosen(ProjectPage page, Version version) {
        return FileChoice.among(
                counting(page.files(version)),
                request.target(),
                request.sourcing().formats().of(page.name()));
    }

    private boolean isBuilt(ProjectPage page, Version version) {
        List<WheelUse> uses = page.uses(version);
        return !(uses != null && FileChoice.anySuits(uses, request.target()))
                && chosen(page, version) instanceof Fitness.Fit(var file)
                && file.kind().isSource();
    }

    private List<DistributionFile> counting(List<DistributionFile> files) {
        return request.cutoff() == null ? files : request.cutoff().among(files);
    }

    private List<Version> likely(ProjectPage page, Requirement requirement, boolean direct) {
        PackageName name = requirement.name();
        List<Version> versions = page.versions();
        var listing =
                new ListedVersions(
                        request,
                        name,
                        direct,
                        versions,
                        page::files,
                        page::released,
                        _ -> 0,
                        _ -> false,
                        place -> isBuilt(page, versions.get(place)),
                        page::rank);
        return listing.order(request.strategyFor(name).places(), _ -> false).stream()
                .map(versions::get)
                .toList();
    }
}
