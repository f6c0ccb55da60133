package dev.blast.environment.advisories;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.advisories.Affected.Range;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.AdvisorySeverity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * From documents to holes: those that are withdrawn say nothing, and documents that name one
 * another, or the same third name, are about one hole. A version has it if any of them says so.
 */
final class Holes {
    /** Names that are better known come first. */
    private static final List<String> DATABASES = List.of("CVE-", "GHSA-", "PYSEC-");

    static final Comparator<String> BY_RENOWN =
            Comparator.comparingInt(Holes::rank).thenComparing(Comparator.naturalOrder());

    private static final int MOST_RANGES = 5_000;
    private static final int MOST_VERSIONS = 50_000;

    /** Of each name one that is about the same, up to a name that stands for all. */
    private final Map<String, String> same = new HashMap<>();

    private Holes() {}

    private static int rank(String id) {
        for (int at = 0; at < DATABASES.size(); at++) {
            if (id.startsWith(DATABASES.get(at))) {
                return at;
            }
        }
        return DATABASES.size();
    }

    /** All holes, by package and then by id. */
    static List<Hole> of(List<OsvDocument> documents) throws EnvironmentException {
        List<OsvDocument> standing =
                documents.stream().filter(document -> !document.withdrawn()).toList();
        var holes = new Holes();
        for (OsvDocument document : standing) {
            holes.join(document.id(), document.id());
            document.aliases().forEach(alias -> holes.join(document.id(), alias));
        }
        return holes.all(standing);
    }

    private void join(String one, String other) {
        String first = standing(one);
        String second = standing(other);
        if (!first.equals(second)) {
            same.put(second, first);
        }
    }

    /** The name that stands for all that are about the same. */
    private String standing(String name) {
        String at = name;
        String next = same.computeIfAbsent(at, it -> it);
        while (!next.equals(at)) {
            String further = Objects.requireNonNull(same.get(next));
            same.put(at, further);
            at = next;
            next = further;
        }
        return at;
    }

    private List<Hole> all(List<OsvDocument> documents) throws EnvironmentException {
        Map<String, Set<String>> names = new HashMap<>();
        for (String name : List.copyOf(same.keySet())) {
            names.computeIfAbsent(standing(name), _ -> new TreeSet<>(BY_RENOWN)).add(name);
        }
        Map<PackageName, Map<String, List<OsvDocument>>> written = new TreeMap<>();
        for (OsvDocument document : documents) {
            String standing = standing(document.id());
            document.affected()
                    .keySet()
                    .forEach(name ->
                            written.computeIfAbsent(name, _ -> new HashMap<>())
                                    .computeIfAbsent(standing, _ -> new ArrayList<>())
                                    .add(document));
        }
        List<Hole> holes = new ArrayList<>();
        for (Map.Entry<PackageName, Map<String, List<OsvDocument>>> of : written.entrySet()) {
            List<Hole> ofPackage = new ArrayList<>();
            for (Map.Entry<String, List<OsvDocument>> hole : of.getValue().entrySet()) {
                List<String> its = List.copyOf(Objects.requireNonNull(names.get(hole.getKey())));
                ofPackage.add(hole(of.getKey(), its, hole.getValue()));
            }
            ofPackage.removeIf(hole -> hole.affected().isEmpty());
            ofPackage.sort(Comparator.comparing(Hole::id, BY_RENOWN));
            holes.addAll(ofPackage);
        }
        return holes;
    }

    private static Hole hole(PackageName name, List<String> names, List<OsvDocument> documents)
            throws EnvironmentException {
        Set<Range> ranges = new LinkedHashSet<>();
        Set<Version> versions = new TreeSet<>();
        var severity = AdvisorySeverity.UNKNOWN;
        Instant published = null;
        for (OsvDocument document : documents) {
            Affected affected = Objects.requireNonNull(document.affected().get(name));
            ranges.addAll(affected.ranges());
            versions.addAll(affected.versions());
            if (document.severity().compareTo(severity) > 0) {
                severity = document.severity();
            }
            Instant its = document.published();
            if (its != null && (published == null || its.isBefore(published))) {
                published = its;
            }
        }
        if (ranges.size() > MOST_RANGES || versions.size() > MOST_VERSIONS) {
            throw new EnvironmentException(
                    "%s names more than %,d ranges or %,d versions of %s"
                            .formatted(names.getFirst(), MOST_RANGES, MOST_VERSIONS, name));
        }
        return new Hole(
                name,
                names.getFirst(),
                names.subList(1, names.size()),
                severity,
                published == null ? null : LocalDate.ofInstant(published, ZoneOffset.UTC),
                Affected.of(ranges, versions));
    }
}
