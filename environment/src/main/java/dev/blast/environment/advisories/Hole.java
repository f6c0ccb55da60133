package dev.blast.environment.advisories;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Advisory;
import dev.blast.rules.fact.AdvisorySeverity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hole in a package: everything that was written about it, under all its names.
 *
 * @param id its main name: CVE before GHSA before PYSEC before others, the oldest first
 * @param aliases the others, in the same order
 * @param severity the highest that anybody gives it
 * @param published the first day on which somebody wrote of it, in UTC; null where nobody says
 */
public record Hole(
        PackageName name,
        String id,
        List<String> aliases,
        AdvisorySeverity severity,
        @Nullable LocalDate published,
        Affected affected) {
    private static final String TAB = "\t";
    private static final int FIELDS = 6;

    public Hole {
        aliases = List.copyOf(aliases);
    }

    /** Whether this is one of its names, in capitals or not. */
    public boolean isCalled(String name) {
        return id.equalsIgnoreCase(name) || aliases.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** As rules see it in one version. */
    public Advisory of(Version version, Instant now) {
        return new Advisory(
                id,
                aliases,
                name,
                version,
                severity,
                published == null
                        ? null
                        : Math.max(
                                0,
                                ChronoUnit.DAYS.between(
                                        published, LocalDate.ofInstant(now, ZoneOffset.UTC))),
                affected.mendedAfter(version).isPresent());
    }

    /** One line of the index, without its end. */
    String line() {
        return String.join(
                TAB,
                name.normalized(),
                id,
                String.join(" ", aliases),
                severity.name(),
                published == null ? "" : published.toString(),
                affected.text());
    }

    /**
     * What {@link #line} wrote.
     *
     * @param known versions that were read before
     */
    static Hole parse(String line, Map<String, Version> known) {
        String[] fields = line.split(TAB, FIELDS);
        return new Hole(
                new PackageName(fields[0]),
                fields[1],
                fields[2].isEmpty() ? List.of() : Arrays.asList(fields[2].split(" ", -1)),
                AdvisorySeverity.valueOf(fields[3]),
                fields[4].isEmpty() ? null : LocalDate.parse(fields[4]),
                Affected.parse(fields[5], known));
    }
}
