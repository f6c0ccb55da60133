package dev.blast.rules.fact;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A known hole of one version of a package.
 *
 * @param id its main name: that of CVE where it has one, else of GHSA, else of PYSEC
 * @param aliases its other names, sorted
 * @param severity the highest that anybody gives it
 * @param ageDays whole days since it was published; null where nobody says when that was
 * @param mended true where a later version without it is named
 */
public record Advisory(
        String id,
        List<String> aliases,
        PackageName name,
        Version version,
        AdvisorySeverity severity,
        @Nullable Long ageDays,
        boolean mended)
        implements Judged {

    public Advisory {
        aliases = List.copyOf(aliases);
    }
}
