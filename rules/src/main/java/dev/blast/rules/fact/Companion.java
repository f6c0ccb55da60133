package dev.blast.rules.fact;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another candidate that would be chosen beside a {@link Candidate}: the same fields, under its own
 * name.
 */
public record Companion(
        PackageName name,
        Version version,
        @Nullable Long ageDays,
        @Nullable Instant released,
        boolean prerelease,
        boolean yanked,
        @Nullable String index,
        boolean wheel,
        @Nullable Long downloadBytes,
        @Nullable String license,
        @Nullable String requiresPython,
        List<String> advisories,
        boolean mendsAdvisory,
        boolean direct,
        @Nullable String group,
        boolean installed,
        boolean locked,
        @Nullable String installer) {

    public Companion {
        advisories = List.copyOf(advisories);
    }

    public static Companion of(Candidate it) {
        return new Companion(
                it.name(),
                it.version(),
                it.ageDays(),
                it.released(),
                it.prerelease(),
                it.yanked(),
                it.index(),
                it.wheel(),
                it.downloadBytes(),
                it.license(),
                it.requiresPython(),
                it.advisories(),
                it.mendsAdvisory(),
                it.direct(),
                it.group(),
                it.installed(),
                it.locked(),
                it.installer());
    }
}
