package dev.blast.solver.lock;

import dev.blast.packaging.Marker;
import dev.blast.packaging.MarkerSet;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Where a lock may be used, as PEP 751 writes it. */
record LockCoverage(List<LockPlace> places) {
    LockCoverage {
        places = List.copyOf(places);
    }

    /** One marker for each platform; versions of Python are named where they differ, or are one. */
    List<Marker> environments() {
        Map<Marker, MarkerSet> pythons = new LinkedHashMap<>();
        Map<Marker, LockPlace> platforms = new LinkedHashMap<>();
        for (LockPlace place : places) {
            Marker platform = place.platform(MarkerSet.End.ALL);
            platforms.putIfAbsent(platform, place);
            pythons.merge(platform, place.python(), MarkerSet::or);
        }
        MarkerSet range = MarkerSet.of(range());
        var environments = new ArrayList<Marker>();
        pythons.forEach((platform, own) -> {
            boolean isSaid = places.size() > 1 && own.equals(range);
            environments.add(
                    Objects.requireNonNull(platforms.get(platform))
                            .platform(isSaid ? MarkerSet.End.ALL : own));
        });
        return environments;
    }

    /** From the oldest to the newest; of a single minor version, from there on. */
    SpecifierSet requiresPython() {
        return places.size() == 1
                ? SpecifierSet.parse(">=" + places.getFirst().target().markers().pythonVersion())
                : SpecifierSet.parse(">=%s,<%s".formatted(oldest(), end()));
    }

    private Marker range() {
        return Marker.parse(
                "python_version >= '%s' and python_version < '%s'".formatted(oldest(), end()));
    }

    private TreeSet<Version> minors() {
        var minors = new TreeSet<Version>();
        places.forEach(it -> minors.add(Version.parse(it.target().markers().pythonVersion())));
        return minors;
    }

    private Version oldest() {
        return minors().getFirst();
    }

    private String end() {
        Version newest = minors().getLast();
        return newest.major() + "." + (newest.minor() + 1);
    }
}
