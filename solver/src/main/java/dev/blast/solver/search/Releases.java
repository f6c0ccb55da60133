package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.index.Formats;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.ProjectPage;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Cutoff;
import dev.blast.solver.Obstacle;
import dev.blast.solver.Pin;
import dev.blast.solver.Request;
import dev.blast.solver.logic.Domain;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of a package there are for a request, and which of them can be used as far as
 * pages tell. For one thread.
 */
final class Releases {
    private final Roots roots;
    private final Request request;
    private final Index index;
    private final StandIns standIns;
    private final Map<PackageName, Project> projects = new HashMap<>();

    Releases(Roots roots, Index index) {
        this.roots = roots;
        this.request = roots.request();
        this.index = index;
        this.standIns = new StandIns(request);
    }

    StandIns standIns() {
        return standIns;
    }

    Roots roots() {
        return roots;
    }

    Domain domain(PackageName name) throws IndexException {
        Project project = projects.get(name);
        if (project == null) {
            project = look(name);
            projects.put(name, project);
        }
        return project.domain();
    }

    private Project look(PackageName name) throws IndexException {
        DistributionFile addressed = roots.addressed(name);
        if (addressed != null) {
            DistributionFile file = withHashes(addressed, roots.locked(name));
            return new Project(new Domain(name, List.of(file.version())), null, _ -> List.of(file));
        }
        String own = standIns.what(name);
        if (own != null) {
            return Project.without(Domain.without(name, own), null);
        }
        ProjectPage page = index.page(name);
        Pin locked = roots.locked(name);
        if (page.status().isQuarantined() || (locked == null && page.versions().isEmpty())) {
            return Project.without(Domain.without(name, page.emptiness()), page);
        }
        if (locked == null || !page.files(locked.version()).isEmpty()) {
            return new Project(
                    Domain.of(name, page.versions(), page.passedOver()),
                    page,
                    version -> counting(page.files(version)));
        }
        // A locked version stays a choice when the index lists it no more.
        List<Version> versions =
                Stream.concat(page.versions().stream(), Stream.of(locked.version()))
                        .sorted()
                        .toList();
        return new Project(
                new Domain(name, versions),
                page,
                version ->
                        counting(
                                version.equals(locked.version())
                                        ? locked.files()
                                        : page.files(version)));
    }

    private List<DistributionFile> counting(List<DistributionFile> files) {
        Cutoff cutoff = request.cutoff();
        return cutoff == null ? files : cutoff.among(files);
    }

    /** The lock knows the hashes of what was asked for by the same address before. */
    private static DistributionFile withHashes(DistributionFile addressed, @Nullable Pin locked) {
        return locked != null
                        && locked.file().uri().equals(addressed.uri())
                        && addressed.hashes().isEmpty()
                ? locked.file()
                : addressed;
    }

    /** The page of a package; null where none was asked for. */
    @Nullable ProjectPage page(Domain domain) {
        return project(domain).page();
    }

    Release release(Domain domain, int state) {
        return project(domain).release(state);
    }

    /** When a version was released; null where nobody says it. */
    @Nullable Instant released(Domain domain, int state) {
        return project(domain).released(state);
    }

    /**
     * Whether a version can be used.
     *
     * @param conceded whether pre-releases of the package may be chosen though nothing asks for one
     */
    Fitness fitness(Domain domain, int state, boolean conceded) {
        Project project = project(domain);
        Fitness usable = usable(project, state);
        return usable instanceof Fitness.Fit && !conceded && isUnaskedPrerelease(project, state)
                ? new Fitness.Unfit(new Obstacle.Prerelease(request.prereleases()))
                : usable;
    }

    /**
     * Whether {@link #fitness} gives a wheel, without making one: a page that is packed tells what
     * the wheels of each version are for.
     */
    boolean isFit(Domain domain, int state, boolean conceded) {
        Project project = project(domain);
        boolean isTold = !project.usable().containsKey(state) && isToldByUses(project, state);
        boolean isUsable =
                (isTold && project.suits(state, request.target()))
                        || (!(isTold && !mayBuild(project))
                                && usable(project, state) instanceof Fitness.Fit);
        return isUsable && (conceded || !isUnaskedPrerelease(project, state));
    }

    private boolean mayBuild(Project project) {
        return request.sourcing().formats().of(project.domain().name()).sources();
    }

    /** Whether what a version is installed from has to be built first, as far as pages tell. */
    boolean isBuilt(Domain domain, int state) {
        Project project = project(domain);
        return mayBuild(project)
                && !(isToldByUses(project, state) && project.suits(state, request.target()))
                && usable(project, state) instanceof Fitness.Fit(DistributionFile file)
                && file.kind().isSource();
    }

    /** Whether nothing but its wheels' tags and Python decides about a version. */
    private boolean isToldByUses(Project project, int state) {
        PackageName name = project.domain().name();
        Version version = project.domain().version(state);
        return project.uses(state) != null
                && request.sourcing().formats().of(name).wheels()
                && request.cutoff() == null
                && !roots.isLocked(name, version)
                && !request.unusable().getOrDefault(name, Map.of()).containsKey(version);
    }

    /** The file of a version that can be used, be it a pre-release or not. */
    DistributionFile file(Domain domain, int state) {
        if (usable(project(domain), state) instanceof Fitness.Fit(DistributionFile file)) {
            return file;
        }
        throw new IllegalStateException(
                "%s %s is not fit".formatted(domain.name(), domain.version(state)));
    }

    private Fitness usable(Project project, int state) {
        return project.usable().computeIfAbsent(state, _ -> assess(project, state));
    }

    private Fitness assess(Project project, int state) {
        Release release = project.release(state);
        PackageName name = release.name();
        Version version = release.version();
        String unusable = request.unusable().getOrDefault(name, Map.of()).get(version);
        if (unusable != null) {
            return new Fitness.Unfit(new Obstacle.Unusable(unusable));
        }
        Cutoff cutoff = request.cutoff();
        if (cutoff != null && release.files().isEmpty()) {
            boolean isDated =
                    project.page() != null
                            && project.page().files(version).stream()
                                    .anyMatch(file -> file.uploadTime() != null);
            return new Fitness.Unfit(
                    isDated ? new Obstacle.Newer(cutoff) : new Obstacle.Undated(cutoff));
        }
        Formats.Format format =
                roots.isAddressed(name)
                        ? Formats.Format.ANY
                        : request.sourcing().formats().of(name);
        Fitness fitness = FileChoice.among(release.files(), request.target(), format);
        if (fitness instanceof Fitness.Fit(DistributionFile file)
                && file.yanked() != null
                && !roots.isAddressed(name)
                && !roots.isLocked(name, version)
                && !roots.isPinned(name, version)) {
            return new Fitness.Unfit(new Obstacle.Yanked(file.yanked().reason()));
        }
        return fitness;
    }

    private boolean isUnaskedPrerelease(Project project, int state) {
        Version version = project.domain().version(state);
        return version.isPrerelease() && !roots.letsThrough(project.domain().name(), version);
    }

    private Project project(Domain domain) {
        return Objects.requireNonNull(projects.get(domain.name()));
    }
}
