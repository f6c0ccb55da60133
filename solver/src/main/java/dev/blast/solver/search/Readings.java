package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.MetadataField;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.UndefinedMarkerException;
import dev.blast.packaging.Version;
import dev.blast.solver.BuildException;
import dev.blast.solver.Builder;
import dev.blast.solver.Obstacle;
import dev.blast.solver.Overrides;
import dev.blast.solver.Target;
import dev.blast.solver.logic.Domain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the metadata of single versions say, each read once. For one thread. */
final class Readings {
    private final Releases releases;
    private final Target target;
    private final Overrides overrides;
    private final Index index;
    private final Builder builder;
    private final Map<Key, Reading> readings = new HashMap<>();

    private record Key(Domain domain, int state) {}

    /** Metadata, or why they cannot be used. */
    private sealed interface Reading {
        record Read(Metadata metadata) implements Reading {}

        record Unusable(Obstacle obstacle) implements Reading {}
    }

    Readings(Releases releases, Index index) {
        this.releases = releases;
        this.target = releases.roots().request().target();
        this.overrides = Overrides.of(releases.roots().request().requirements(), target.markers());
        this.index = index;
        this.builder = releases.roots().request().sourcing().builder();
    }

    /**
     * The requirements of a version that hold for the target: those of the package itself, or those
     * that an extra adds to them.
     *
     * @param extra null for the package itself
     */
    Needs needs(Domain domain, int state, @Nullable ExtraName extra) throws IndexException {
        return switch (reading(domain, state)) {
            case Reading.Unusable(Obstacle obstacle) -> new Needs.Unknown(obstacle);
            case Reading.Read(Metadata metadata) -> needs(metadata, extra);
        };
    }

    /** What overrides and stand-ins leave to be chosen. */
    private List<Requirement> left(Requirement written) throws IndexException {
        Requirement requirement = overrides.leave(written).orElse(null);
        return requirement == null ? List.of() : releases.standIns().leave(requirement);
    }

    private Needs needs(Metadata metadata, @Nullable ExtraName extra) throws IndexException {
        var requirements = new ArrayList<Requirement>();
        try {
            for (Requirement written : wanted(metadata, extra)) {
                for (Requirement requirement : left(written)) {
                    if (requirement.url() != null
                            && !releases.roots().isAddressed(requirement.name())) {
                        return new Needs.Unknown(new Obstacle.NeedsAddress(requirement));
                    }
                    requirements.add(requirement);
                }
            }
        } catch (UndefinedMarkerException e) {
            return new Needs.Unknown(new Obstacle.Unreadable(e.getMessage()));
        }
        return new Needs.Known(requirements);
    }

    /** The same as its metadata write them, whatever overrides them; empty where none are known. */
    List<Requirement> written(Domain domain, int state, @Nullable ExtraName extra)
            throws IndexException {
        return reading(domain, state) instanceof Reading.Read(Metadata metadata)
                ? wanted(metadata, extra)
                : List.of();
    }

    /** The patch versions of Python that what a version says it requires tells from others. */
    Set<Version> turns(Domain domain, int state) throws IndexException {
        return reading(domain, state) instanceof Reading.Read(Metadata metadata)
                ? metadata.requiresDist().stream()
                        .map(Requirement::marker)
                        .filter(Objects::nonNull)
                        .flatMap(marker -> marker.turns().stream())
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private List<Requirement> wanted(Metadata metadata, @Nullable ExtraName extra) {
        return metadata.requiresDist().stream()
                .filter(requirement -> isWanted(requirement, extra))
                .toList();
    }

    private boolean isWanted(Requirement requirement, @Nullable ExtraName extra) {
        boolean always = requirement.appliesTo(target.markers(), Set.of());
        return extra == null
                ? always
                : !always && requirement.appliesTo(target.markers(), Set.of(extra));
    }

    /** The extras that a version has; none where its metadata cannot be used. */
    Set<ExtraName> extras(Domain domain, int state) throws IndexException {
        return reading(domain, state) instanceof Reading.Read(Metadata metadata)
                ? metadata.providesExtra()
                : Set.of();
    }

    /** What of a version's metadata was read as what. */
    List<String> mends(Domain domain, int state) throws IndexException {
        return reading(domain, state) instanceof Reading.Read(Metadata metadata)
                ? metadata.mends()
                : List.of();
    }

    /** What a version says of its licence: empty for nothing, null where it cannot be read. */
    @Nullable String license(Domain domain, int state) throws IndexException {
        return reading(domain, state) instanceof Reading.Read(Metadata metadata)
                ? metadata.license().orElse("")
                : null;
    }

    /** Why the metadata of a version that was read cannot be used; null where they can. */
    @Nullable Obstacle unreadable(Domain domain, int state) {
        return readings.get(new Key(domain, state)) instanceof Reading.Unusable(Obstacle obstacle)
                ? obstacle
                : null;
    }

    boolean isRead(Domain domain, int state) {
        return readings.containsKey(new Key(domain, state));
    }

    private Reading reading(Domain domain, int state) throws IndexException {
        var key = new Key(domain, state);
        Reading reading = readings.get(key);
        if (reading == null) {
            reading = read(domain, state);
            readings.put(key, reading);
        }
        return reading;
    }

    private Reading read(Domain domain, int state) throws IndexException {
        try {
            DistributionFile file = releases.file(domain, state);
            Metadata metadata =
                    file.kind().isSource() ? builder.metadata(file) : index.metadata(file);
            return obstacle(metadata)
                    .<Reading>map(Reading.Unusable::new)
                    .orElseGet(() -> new Reading.Read(metadata));
        } catch (BuildException e) {
            return new Reading.Unusable(new Obstacle.Unbuilt(String.valueOf(e.getMessage())));
        } catch (IndexException e) {
            // A version that cannot be read is one version less; a network that is down is not.
            return switch (e.kind()) {
                case NOT_FOUND, FORMAT, HASH ->
                        new Reading.Unusable(new Obstacle.Unreadable(e.getMessage()));
                case NETWORK, REFUSED, OFFLINE, DISK, CONFIGURATION -> throw e;
            };
        }
    }

    private Optional<Obstacle> obstacle(Metadata metadata) {
        SpecifierSet requiresPython = metadata.requiresPython();
        if (requiresPython != null && !requiresPython.contains(target.python())) {
            return Optional.of(new Obstacle.OtherPython(requiresPython, target.python()));
        }
        // A requirement that was passed over could be the one that matters.
        if (metadata.all(MetadataField.REQUIRES_DIST).size() > metadata.requiresDist().size()) {
            String field = MetadataField.REQUIRES_DIST.spelling();
            return Optional.of(
                    new Obstacle.Unreadable(
                            metadata.problems().stream()
                                    .filter(problem -> problem.startsWith(field))
                                    .findFirst()
                                    .orElse(null)));
        }
        return Optional.empty();
    }
}
