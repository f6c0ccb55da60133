package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.index.Formats;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.ProjectPage;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Candidate;
import dev.blast.solver.Cutoff;
import dev.blast.solver.Judge;
import dev.blast.solver.Request;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.UnsupportedRequirementException;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.States;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The versions that a request has to choose from, as the rules see them. There is no second way to
 * such facts: with these the search asks its judge, and whoever asks why asks with the same. For
 * one thread.
 */
public final class CandidateFacts {
    private final Index index;
    private final Releases releases;
    private final Readings readings;

    /**
     * Nothing is asked of the index yet.
     *
     * @throws UnsupportedRequirementException for an address that no wheel is behind
     */
    public CandidateFacts(Request request, Index index) {
        this.index = index;
        this.releases = new Releases(new Roots(request), index);
        this.readings = new Readings(releases, index);
    }

    CandidateFacts(Index index, Releases releases, Readings readings) {
        this.index = index;
        this.releases = releases;
        this.readings = readings;
    }

    /** All versions that there are and are not left out, in ascending order. */
    public List<Version> versions(PackageName name) throws IndexException {
        Domain domain = releases.domain(name);
        return domain.versions().stream()
                .filter(version ->
                        !releases.release(domain, domain.state(version)).files().isEmpty())
                .toList();
    }

    /** Whether there is a package of that name, with versions or without. */
    public boolean isKnown(PackageName name) throws IndexException {
        ProjectPage page = releases.page(releases.domain(name));
        return page == null || !page.isMissing();
    }

    /** Why there are no versions, or what was passed over beside them: continues "which". */
    public String absence(PackageName name) throws IndexException {
        Domain domain = releases.domain(name);
        Cutoff cutoff = releases.roots().request().cutoff();
        int leftOut = domain.versions().size() - versions(name).size();
        return cutoff == null || leftOut == 0
                ? domain.absence()
                : "has %d version%s that %s leaves out, newer than %s or without a time"
                        .formatted(leftOut, leftOut == 1 ? "" : "s", cutoff.by(), cutoff.said());
    }

    /** Whether there is such a version, and it is not left out. */
    public boolean has(PackageName name, Version version) throws IndexException {
        Domain domain = releases.domain(name);
        int state = domain.state(version);
        return state != States.ABSENT && !releases.release(domain, state).files().isEmpty();
    }

    /** One version; empty where there is no such one. */
    public Optional<Candidate> of(PackageName name, Version version) throws IndexException {
        Domain domain = releases.domain(name);
        return has(name, version)
                ? Optional.of(read(domain, domain.state(version)))
                : Optional.empty();
    }

    /** What would be taken of a version that there is, of files of these kinds. */
    public Fitness choice(PackageName name, Version version, Formats.Format format)
            throws IndexException {
        Domain domain = releases.domain(name);
        return FileChoice.among(
                releases.release(domain, domain.state(version)).files(),
                releases.roots().request().target(),
                format);
    }

    /** Lets the metadata of versions be read that will be looked at soon. */
    public void expect(PackageName name, Collection<Version> versions) throws IndexException {
        Domain domain = releases.domain(name);
        for (Version version : versions) {
            int state = domain.state(version);
            if (state != States.ABSENT
                    && releases.fitness(domain, state, false)
                            instanceof Fitness.Fit(DistributionFile file)
                    && !file.kind().isSource()) {
                index.prefetch(file, _ -> {});
            }
        }
    }

    /** As far as pages tell. */
    Candidate of(Domain domain, int state) {
        return of(releases.release(domain, state), releases.roots(), null);
    }

    /** With what its metadata say, where a rule asks for that and they can be read. */
    Candidate read(Domain domain, int state) throws IndexException {
        Judge judge = releases.roots().request().judge();
        boolean reads =
                judge != null
                        && judge.asksMetadata()
                        && releases.fitness(domain, state, true) instanceof Fitness.Fit;
        String license = reads ? readings.license(domain, state) : null;
        return of(
                releases.release(domain, state),
                releases.roots(),
                license == null || license.isEmpty() ? null : license);
    }

    /**
     * By the file that would be installed; where there is none for the target, by the first one.
     */
    private static Candidate of(Release release, Roots roots, @Nullable String license) {
        PackageName name = release.name();
        Version version = release.version();
        Fitness fitness =
                FileChoice.among(
                        release.files(),
                        roots.request().target(),
                        roots.request().sourcing().formats().of(name));
        DistributionFile file =
                fitness instanceof Fitness.Fit(DistributionFile chosen)
                        ? chosen
                        : release.files().stream().findFirst().orElse(null);
        // A file without a time may be younger than all others: then no age is known.
        Instant released =
                file == null || file.uploadTime() == null
                        ? null
                        : DistributionFile.firstUpload(release.files());
        RootRequirement root = roots.direct(name);
        SpecifierSet requiresPython = file == null ? null : file.requiresPython();
        return new Candidate(
                name,
                version,
                Candidate.ageDays(released, roots.request().now()),
                released,
                version.isPrerelease(),
                file != null && file.yanked() != null,
                release.from() == null ? null : release.from().uri().getHost(),
                fitness instanceof Fitness.Fit && file != null && !file.kind().isSource(),
                file != null && file.sizeBytes().isPresent() ? file.sizeBytes().getAsLong() : null,
                license,
                requiresPython == null ? null : requiresPython.toString(),
                roots.request().advisories().of(name, version),
                roots.request().advisories().mends(name, version),
                root != null,
                root == null || root.group() == null ? null : root.group().toString(),
                roots.isInstalled(name, version),
                roots.isLocked(name, version),
                roots.isPinned(name, version),
                roots.request().preferences().installers().get(name));
    }
}
