package dev.blast.solver.lock;

import dev.blast.packaging.LockedFile;
import dev.blast.packaging.LockedPackage;
import dev.blast.packaging.Marker;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.MarkerSet;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.Pin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is locked for several places as one list of packages: a version that is the same in some of
 * them, and needs the same, stands there once, with a marker that says where. Pure; not for several
 * threads.
 */
final class JoinedPackages {
    private final MarkerSet everywhere;
    private final SortedMap<PackageName, List<Joined>> byName = new TreeMap<>();

    /**
     * Begins with none.
     *
     * @param everywhere all places: what is the same in them needs no marker
     */
    JoinedPackages(MarkerSet everywhere) {
        this.everywhere = everywhere;
    }

    /**
     * What a pin is locked as in one place.
     *
     * @param condition on extras and groups; null for none
     */
    record Member(LockPlace place, Pin pin, LockedPackage locked, @Nullable Marker condition) {
        MarkerSet where() {
            return place.where().and(MarkerSet.ofNullable(condition));
        }

        /** What of these holds here. */
        Set<Requirement> holding(Collection<Requirement> requirements) {
            MarkerEnvironment markers = place.target().markers();
            var holding = new HashSet<Requirement>();
            for (Requirement requirement : requirements) {
                if (requirement.appliesTo(markers, Set.of())
                        || requirement.appliesTo(markers, pin.extras())) {
                    holding.add(requirement);
                }
            }
            return holding;
        }

        /** All that has to be the same. */
        LockedPackage identity() {
            return new LockedPackage(
                    locked.name(),
                    locked.version(),
                    null,
                    locked.requiresPython(),
                    List.of(),
                    locked.direct(),
                    locked.index(),
                    null,
                    List.of(),
                    List.of(),
                    LockedPin.withoutNeeds(locked.tool()));
        }
    }

    void add(Member member) {
        List<Joined> known = byName.computeIfAbsent(member.pin().name(), _ -> new ArrayList<>());
        if (known.stream().noneMatch(joined -> joined.accepts(member))) {
            known.add(new Joined(member));
        }
    }

    /** By name, then the newest first. */
    List<LockedPackage> packages() {
        var packages = new ArrayList<LockedPackage>();
        for (List<Joined> joined : byName.values()) {
            joined.stream()
                    .sorted(
                            Comparator.comparing((Joined it) -> it.first().pin().version())
                                    .reversed())
                    .map(it -> it.locked(everywhere, byName.keySet()))
                    .forEach(packages::add);
        }
        return packages;
    }

    /** One package of the list. */
    private static final class Joined {
        private final List<Member> members = new ArrayList<>();
        private final Set<Requirement> needs = new HashSet<>();

        Joined(Member first) {
            add(first);
        }

        Member first() {
            return members.getFirst();
        }

        private void add(Member member) {
            members.add(member);
            needs.addAll(member.pin().dependencies());
        }

        /**
         * Takes a member that is the same, if each place can tell what of all needs are its own.
         */
        boolean accepts(Member member) {
            if (!first().identity().equals(member.identity())) {
                return false;
            }
            var all = new HashSet<>(needs);
            all.addAll(member.pin().dependencies());
            boolean told =
                    Stream.concat(members.stream(), Stream.of(member))
                            .allMatch(it ->
                                    it.holding(all).equals(Set.copyOf(it.pin().dependencies())));
            if (told) {
                add(member);
            }
            return told;
        }

        /**
         * @param names of all that is locked: no reference leads out of the lock
         */
        LockedPackage locked(MarkerSet everywhere, Set<PackageName> names) {
            MarkerSet where =
                    members.stream().map(Member::where).reduce(MarkerSet.End.NONE, MarkerSet::or);
            LockedPackage one = first().locked();
            return new LockedPackage(
                    one.name(),
                    one.version(),
                    where.given(everywhere).marker().orElse(null),
                    one.requiresPython(),
                    LockedPin.references(
                            needs.stream().filter(it -> names.contains(it.name())).toList()),
                    one.direct(),
                    one.index(),
                    members.stream()
                            .map(it -> it.locked().sdist())
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null),
                    wheels(),
                    one.attestations(),
                    LockedPin.withNeeds(one.tool(), needs));
        }

        /** Of one place the best first; of several by name, whoever locks. */
        private List<LockedFile> wheels() {
            Map<String, LockedFile> wheels = new LinkedHashMap<>();
            members.forEach(
                    it -> it.locked().wheels().forEach(file -> wheels.put(file.filename(), file)));
            return members.size() == 1
                    ? List.copyOf(wheels.values())
                    : List.copyOf(new TreeMap<>(wheels).values());
        }
    }
}
