package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.ProjectPage;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.MetadataField;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.UndefinedMarkerException;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.verdict.Judgement;
import dev.blast.solver.Judge;
import dev.blast.solver.Pin;
import dev.blast.solver.Prereleases;
import dev.blast.solver.Request;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.UnsupportedRequirementException;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Obstacle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one request, looked up when first asked for and then kept: which versions there are,
 * whether one can be used, what the rules say of it, what it needs. What it says does not depend on
 * what it was asked before, so any number of searches over parts of the same request share one. For
 * one thread.
 */
final class Knowledge {
    private final Request request;
    private final Index index;
    private final Crawl crawl;
    private final Map<PackageName, DistributionFile> addressed = new HashMap<>();
    private final Map<PackageName, RootRequirement> direct = new HashMap<>();
    private final Set<PackageName> prereleasesAsked = new HashSet<>();
    private final Set<Requirement> pinned = new HashSet<>();
    private final Map<PackageName, ProjectPage> pages = new HashMap<>();
    private final Map<PackageName, Project> projects = new HashMap<>();

    /**
     * @throws UnsupportedRequirementException for an address that no wheel is behind
     */
    Knowledge(Request request, Index index) {
        this.request = request;
        this.index = index;
        this.crawl = new Crawl(request, index);
        for (RootRequirement root : request.requirements()) {
            Requirement requirement = root.requirement();
            if (!applies(requirement)) {
                continue;
            }
            if (!root.constraint()) {
                direct.putIfAbsent(requirement.name(), root);
                if (requirement.url() != null) {
                    addressed.put(requirement.name(), AddressedWheel.of(root));
                }
            }
            if (requirement.specifier().namesPrerelease()) {
                prereleasesAsked.add(requirement.name());
            }
            if (requirement.specifier().isPin()) {
                pinned.add(requirement);
            }
        }
    }

    /** Begins to read what the request is likely to need. */
    void foresee() {
        crawl.start();
    }

    Request request() {
        return request;
    }

    /** Whether a requirement of the request holds for the target. */
    boolean applies(Requirement requirement) {
        return requirement.appliesTo(request.target().markers(), Set.of());
    }

    boolean isDirect(PackageName name) {
        return direct.containsKey(name);
    }

    /**
     * Whether the request names an address for the package: then there is no other version of it.
     */
    boolean isAddressed(PackageName name) {
        return addressed.containsKey(name);
    }

    Domain domain(PackageName name) throws IndexException {
        Project project = projects.get(name);
        if (project == null) {
            project = look(name);
            projects.put(name, project);
        }
        return project.domain;
    }

    List<DistributionFile> files(Domain domain, int state) {
        return project(domain).files(state);
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
                ? new Fitness.Unfit(new Obstacle.Prerelease())
                : usable;
    }

    private DistributionFile wheel(Project project, int state) {
        if (usable(project, state) instanceof Fitness.Fit(DistributionFile wheel)) {
            return wheel;
        }
        throw new IllegalStateException(
                "%s %s is not fit".formatted(project.domain.name(), project.domain.version(state)));
    }

    /** The rules' word on a version that is fit; empty where there are no rules. */
    Optional<Judgement> judgement(Domain domain, int state) {
        Judge judge = request.judge();
        if (judge == null) {
            return Optional.empty();
        }
        Project project = project(domain);
        return Optional.of(
                project.judgements.computeIfAbsent(
                        state, _ -> judge.judge(candidate(project, state))));
    }

    /** The page that a package's versions are from; null where nothing but an address has it. */
    @Nullable ProjectPage page(PackageName name) {
        return pages.get(name);
    }

    /** Why the metadata of a version that was read cannot be used; null where they can. */
    @Nullable Obstacle unreadable(Domain domain, int state) {
        return project(domain).unreadable.get(state);
    }

    /**
     * The requirements of a version that hold for the target: those of the package itself, or those
     * that an extra adds to them.
     *
     * @param extra null for the package itself
     */
    Needs needs(Domain domain, int state, @Nullable ExtraName extra) throws IndexException {
        Optional<Metadata> metadata = metadata(domain, state);
        if (metadata.isEmpty()) {
            return new Needs.Unknown(Objects.requireNonNull(project(domain).unreadable.get(state)));
        }
        var requirements = new ArrayList<Requirement>();
        try {
            for (Requirement requirement : metadata.get().requiresDist()) {
                boolean always = applies(requirement);
                boolean wanted =
                        extra == null
                                ? always
                                : !always
                                        && requirement.appliesTo(
                                                request.target().markers(), Set.of(extra));
                if (wanted && requirement.url() != null && !isAddressed(requirement.name())) {
                    return new Needs.Unknown(new Obstacle.NeedsAddress(requirement));
                }
                if (wanted) {
                    requirements.add(requirement);
                }
            }
        } catch (UndefinedMarkerException e) {
            return new Needs.Unknown(new Obstacle.Unreadable(String.valueOf(e.getMessage())));
        }
        return new Needs.Known(requirements);
    }

    /** The metadata of a version, empty where it cannot be used; then {@link #needs} says why. */
    Optional<Metadata> metadata(Domain domain, int state) throws IndexException {
        Project project = project(domain);
        Metadata metadata = project.metadata.get(state);
        if (metadata != null) {
            return Optional.of(metadata);
        }
        if (project.unreadable.containsKey(state)) {
            return Optional.empty();
        }
        metadata = read(project, state);
        if (metadata != null) {
            project.metadata.put(state, metadata);
        }
        return Optional.ofNullable(metadata);
    }

    /** Lets the crawl go on from a requirement that is about to matter. */
    void expect(Requirement requirement, @Nullable ExtraName extra) {
        crawl.follow(requirement, extra == null ? Set.of() : Set.of(extra));
    }

    /** Lets the metadata of a version be read that may be tried soon. */
    void expect(Domain domain, int state) {
        Project project = project(domain);
        if (!project.metadata.containsKey(state)) {
            crawl.read(wheel(project, state));
        }
    }

    private @Nullable Metadata read(Project project, int state) throws IndexException {
        try {
            Metadata metadata = index.metadata(wheel(project, state));
            Optional<Obstacle> obstacle = obstacle(metadata);
            if (obstacle.isEmpty()) {
                return metadata;
            }
            project.unreadable.put(state, obstacle.get());
        } catch (IndexException e) {
            // A version that cannot be read is one version less; a network that is down is not.
            switch (e.kind()) {
                case NOT_FOUND, FORMAT, HASH ->
                        project.unreadable.put(
                                state, new Obstacle.Unreadable(String.valueOf(e.getMessage())));
                case NETWORK, REFUSED, OFFLINE, DISK, CONFIGURATION -> throw e;
            }
        }
        return null;
    }

    private Optional<Obstacle> obstacle(Metadata metadata) {
        SpecifierSet requiresPython = metadata.requiresPython();
        if (requiresPython != null && !requiresPython.contains(request.target().python())) {
            return Optional.of(new Obstacle.OtherPython(requiresPython, request.target().python()));
        }
        // A requirement that was passed over could be the one that matters.
        if (metadata.all(MetadataField.REQUIRES_DIST).size() > metadata.requiresDist().size()) {
            return Optional.of(
                    new Obstacle.Unreadable(
                            metadata.problems().stream()
                                    .filter(problem ->
                                            problem.startsWith(
                                                    MetadataField.REQUIRES_DIST.spelling()))
                                    .findFirst()
                                    .orElse("a requirement is not understood")));
        }
        return Optional.empty();
    }

    private Project project(Domain domain) {
        return Objects.requireNonNull(projects.get(domain.name()));
    }

    private Project look(PackageName name) throws IndexException {
        DistributionFile addressed = this.addressed.get(name);
        Pin locked = request.preferences().locked().get(name);
        if (addressed != null) {
            // The lock knows the hashes.
            DistributionFile file =
                    locked != null
                                    && locked.file().uri().equals(addressed.uri())
                                    && addressed.hashes().isEmpty()
                            ? locked.file()
                            : addressed;
            return new Project(new Domain(name, List.of(file.version())), null, _ -> List.of(file));
        }
        String own = request.own().get(name);
        if (own != null) {
            return new Project(Domain.without(name, own), null, _ -> List.of());
        }
        ProjectPage page = index.page(name);
        if (page.status().isQuarantined() || (locked == null && page.versions().isEmpty())) {
            return new Project(Domain.without(name, page.emptiness()), null, _ -> List.of());
        }
        pages.put(name, page);
        if (locked == null || !page.files(locked.version()).isEmpty()) {
            return new Project(
                    Domain.of(name, page.versions(), page.passedOver()), page.from(), page::files);
        }
        // A locked version stays a choice when the index lists it no more.
        List<Version> versions =
                Stream.concat(page.versions().stream(), Stream.of(locked.version()))
                        .sorted()
                        .toList();
        return new Project(
                new Domain(name, versions),
                page.from(),
                version -> version.equals(locked.version()) ? locked.files() : page.files(version));
    }

    /** Whether a version can be used, be it a pre-release or not. */
    private Fitness usable(Project project, int state) {
        return project.fitness.computeIfAbsent(state, _ -> assess(project, state));
    }

    private Fitness assess(Project project, int state) {
        Domain domain = project.domain;
        Version version = domain.version(state);
        String unusable = request.unusable().getOrDefault(domain.name(), Map.of()).get(version);
        if (unusable != null) {
            return new Fitness.Unfit(new Obstacle.Unusable(unusable));
        }
        List<DistributionFile> files = project.files(state);
        Fitness fitness = Wheels.choose(files, request.target());
        if (isAddressed(domain.name())
                || !(fitness instanceof Fitness.Fit(DistributionFile wheel))) {
            return fitness;
        }
        if (wheel.yanked() != null
                && !isLocked(domain.name(), version)
                && !isPinned(domain.name(), version)) {
            return new Fitness.Unfit(new Obstacle.Yanked(wheel.yanked().reason()));
        }
        return fitness;
    }

    private boolean isUnaskedPrerelease(Project project, int state) {
        Version version = project.domain.version(state);
        PackageName name = project.domain.name();
        return version.isPrerelease()
                && request.prereleases() != Prereleases.ALLOWED
                && !prereleasesAsked.contains(name)
                && !project.hasOnlyPrereleases
                && !isLocked(name, version)
                && !isAddressed(name);
    }

    private boolean isLocked(PackageName name, Version version) {
        Pin locked = request.preferences().locked().get(name);
        return locked != null && locked.version().equals(version);
    }

    private boolean isPinned(PackageName name, Version version) {
        return pinned.stream()
                .anyMatch(requirement ->
                        requirement.name().equals(name)
                                && requirement.specifier().contains(version));
    }

    /** The version as the rules see it; licences and advisories are not known here. */
    private Candidate candidate(Project project, int state) {
        PackageName name = project.domain.name();
        Version version = project.domain.version(state);
        DistributionFile wheel = wheel(project, state);
        Instant released = wheel.uploadTime() == null ? null : released(project.files(state));
        RootRequirement root = direct.get(name);
        SpecifierSet requiresPython = wheel.requiresPython();
        Version installed = request.preferences().installed().get(name);
        return new Candidate(
                name,
                version,
                Candidate.ageDays(released, request.now()),
                released,
                version.isPrerelease(),
                wheel.yanked() != null,
                project.from == null ? null : project.from.uri().getHost(),
                true,
                wheel.sizeBytes().isPresent() ? wheel.sizeBytes().getAsLong() : null,
                null,
                requiresPython == null ? null : requiresPython.toString(),
                List.of(),
                false,
                root != null,
                root == null || root.group() == null ? null : root.group().toString(),
                installed != null && version.equals(installed),
                isLocked(name, version),
                isPinned(name, version),
                null);
    }

    private static @Nullable Instant released(List<DistributionFile> files) {
        Instant first = null;
        for (DistributionFile file : files) {
            Instant time = file.uploadTime();
            if (time != null && (first == null || time.isBefore(first))) {
                first = time;
            }
        }
        return first;
    }
}
