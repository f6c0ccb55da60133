package dev.blast.rules.fact;

import dev.blast.packaging.Host;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of one package that might be chosen. What is not known is null.
 *
 * @param ageDays whole days since the release; 0 where the index does not say when that was, since
 *     nobody can show that it is old enough
 * @param released when its first file was uploaded
 * @param index the host of the index that offers it
 * @param wheel true where there is a wheel for this platform
 * @param downloadBytes size of the file that would be fetched
 * @param license null also before the metadata of the version are read
 * @param requiresPython its {@code Requires-Python}, as written
 * @param advisories ids of the known holes of this version that no rule sets aside, sorted
 * @param mendsAdvisory true where the version installed, else locked, has a hole of that kind that
 *     this one does not have
 * @param direct true where the project itself asks for the package
 * @param group the dependency group that asks for it
 * @param installed true where exactly this version is installed
 * @param locked true where exactly this version stands in the lock
 * @param pinned true where the project asks for exactly this version ({@code ==} or {@code ===}
 *     without {@code *})
 * @param installer what the installed version of the package was installed with
 */
public record Candidate(
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
        boolean pinned,
        @Nullable String installer)
        implements Judged {
    /** The field that only the metadata of a version fill. */
    public static final String LICENSE = "license";

    public Candidate {
        index = index == null ? null : Host.of(index).text();
        advisories = List.copyOf(advisories);
    }

    /** A version of which nothing but its number is known. */
    public static Candidate of(PackageName name, Version version) {
        return new Candidate(
                name,
                version,
                null,
                null,
                version.isPrerelease(),
                false,
                null,
                false,
                null,
                null,
                null,
                List.of(),
                false,
                false,
                null,
                false,
                false,
                false,
                null);
    }

    /**
     * Whole days, 0 also for a release that lies ahead or whose time is not known: a rule that
     * waits for an age must not be passed by what has none.
     */
    public static long ageDays(@Nullable Instant released, Instant now) {
        return released == null ? 0 : Math.max(0, Duration.between(released, now).toDays());
    }

    /** The same version with what the index says about it. */
    public Candidate offered(
            String index,
            boolean wheel,
            boolean yanked,
            @Nullable Long downloadBytes,
            @Nullable Instant released,
            Instant now,
            @Nullable String requiresPython) {
        return new Candidate(
                name,
                version,
                ageDays(released, now),
                released,
                prerelease,
                yanked,
                index,
                wheel,
                downloadBytes,
                license,
                requiresPython,
                advisories,
                mendsAdvisory,
                direct,
                group,
                installed,
                locked,
                pinned,
                installer);
    }

    /** The same version, installed by this. */
    public Candidate broughtBy(@Nullable String installer) {
        return new Candidate(
                name,
                version,
                ageDays,
                released,
                prerelease,
                yanked,
                index,
                wheel,
                downloadBytes,
                license,
                requiresPython,
                advisories,
                mendsAdvisory,
                direct,
                group,
                installed,
                locked,
                pinned,
                installer);
    }

    /** The same version with what it says of its license; null for nothing. */
    public Candidate licensed(@Nullable String license) {
        return new Candidate(
                name,
                version,
                ageDays,
                released,
                prerelease,
                yanked,
                index,
                wheel,
                downloadBytes,
                license,
                requiresPython,
                advisories,
                mendsAdvisory,
                direct,
                group,
                installed,
                locked,
                pinned,
                installer);
    }

    /** The same version with its place in the project. */
    public Candidate placed(
            boolean direct,
            @Nullable String group,
            boolean installed,
            boolean locked,
            boolean pinned) {
        return new Candidate(
                name,
                version,
                ageDays,
                released,
                prerelease,
                yanked,
                index,
                wheel,
                downloadBytes,
                license,
                requiresPython,
                advisories,
                mendsAdvisory,
                direct,
                group,
                installed,
                locked,
                pinned,
                installer);
    }
}
