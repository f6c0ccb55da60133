package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.address.GitAddress;
import dev.blast.environment.address.SourceFinder;
import dev.blast.environment.project.Project;
import dev.blast.index.DistributionFile;
import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.Overrides;
import dev.blast.solver.Pin;
import dev.blast.solver.lock.LockedSources;
import dev.blast.solver.lock.Unpinned;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds out what is behind the folders, commits and archives of a lock that says no version of them
 * (PEP 751 lets it: uv and pip write none), where exactly that lock is wanted. For one sync.
 */
final class LockedSearch {
    private final Situation situation;
    private final AddressSearch.Opened addresses;
    private final MarkerEnvironment markers;

    LockedSearch(Situation situation, AddressSearch.Opened addresses) {
        this.situation = situation;
        this.addresses = addresses;
        this.markers = situation.target().markers();
    }

    /** The situation with all of them that may be looked at. */
    Situation all() throws EnvironmentException, IndexException {
        Map<PackageName, Unpinned> unknown = new TreeMap<>(situation.lock().without());
        var found = new HashMap<>(situation.addressed().found());
        var pins = new HashMap<PackageName, Pin>();
        for (var each : unknown.entrySet()) {
            PackageName name = each.getKey();
            DistributionFile place = each.getValue().place();
            SourceFinder.Found there = found.get(name);
            if (there == null && place != null && mayBeLookedAt(place)) {
                there = find(name, place);
                found.put(name, there);
            }
            if (there != null && place != null && isThere(place, there.file())) {
                pins.put(name, pin(there));
            }
        }
        requireNeeds(pins);
        return pins.isEmpty()
                ? situation
                : situation.with(
                        new Addressed(found, situation.addressed().own()),
                        situation.lock().with(pins));
    }

    private void requireNeeds(Map<PackageName, Pin> pins) throws EnvironmentException {
        var known = new HashSet<>(situation.lock().pins().keySet());
        known.addAll(pins.keySet());
        situation.job().project().own().forEach(own -> known.add(own.name()));
        var overrides = Overrides.of(situation.job().project().overrides(), markers);
        for (Pin pin : new TreeMap<>(pins).values()) {
            for (Requirement written : pin.dependencies()) {
                Requirement needed = overrides.leave(written).orElse(null);
                if (needed != null && !known.contains(needed.name())) {
                    throw new EnvironmentException(
                            Message.of(
                                    "%s: %s needs %s, which is not locked\nwhat it needs has changed since it was locked, or it was locked with an extra less",
                                    lockName(situation.job().project()), pin, needed));
                }
            }
        }
    }

    private static boolean isThere(DistributionFile locked, DistributionFile found) {
        return found.kind() == DistributionFile.Kind.SDIST
                ? locked.uri().equals(found.uri())
                : LockedSources.areSame(locked, found);
    }

    private boolean mayBeLookedAt(DistributionFile place) throws EnvironmentException {
        return place.kind() != DistributionFile.Kind.WHEEL
                && !isElsewhere(place, situation.job().project());
    }

    /**
     * Whether it is a folder or a repository of this machine outside of the project. A lock comes
     * with a project, and by itself names none of these.
     */
    static boolean isElsewhere(DistributionFile place, Project project)
            throws EnvironmentException {
        Path folder =
                switch (place.kind()) {
                    case FOLDER, EDITABLE -> Path.of(SourceFinder.bare(place.uri()));
                    case CHECKOUT -> GitAddress.of(place.uri().toString()).folder();
                    case SDIST, WHEEL -> null;
                };
        if (folder == null) {
            return false;
        }
        try {
            return !folder.toRealPath().startsWith(project.directory());
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of("%s: there is no folder %s", lockName(project), folder), e);
        }
    }

    private SourceFinder.Found find(PackageName name, DistributionFile place)
            throws EnvironmentException, IndexException {
        SourceFinder.Found there =
                AddressSearch.find(
                        addresses,
                        asked(place),
                        place.kind() == DistributionFile.Kind.EDITABLE,
                        place,
                        lockName(situation.job().project()));
        SourceFinder.requireNamed(name, there, lockName(situation.job().project()));
        return there;
    }

    private static String asked(DistributionFile place) {
        return place.kind() == DistributionFile.Kind.CHECKOUT
                ? GitAddress.asked(place.uri())
                : place.uri().toString();
    }

    /** What it needs has to be locked as well; such a lock does not say with which extras. */
    private Pin pin(SourceFinder.Found there) {
        PackageName name = there.metadata().name();
        Set<ExtraName> extras = new TreeSet<>();
        situation.requirements().stream()
                .filter(root -> root.requirement().name().equals(name))
                .forEach(root -> extras.addAll(root.requirement().extras()));
        List<Requirement> needs =
                there.metadata().requiresDist().stream()
                        .filter(it ->
                                it.appliesTo(markers, Set.of()) || it.appliesTo(markers, extras))
                        .map(it -> new Requirement(it.name(), Set.of(), it.specifier(), null, null))
                        .toList();
        return new Pin(
                name,
                there.file().version(),
                there.file(),
                List.of(there.file()),
                extras,
                needs,
                there.metadata().license().orElse(""),
                false);
    }

    private static String lockName(Project project) {
        return String.valueOf(project.lockFile().getFileName());
    }
}
