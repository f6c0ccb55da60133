package dev.blast.environment.install;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.util.List;

/**
 * Which files one wheel puts where in one environment. A value: making it changes nothing on disk.
 *
 * @param name the distribution
 * @param version its version
 * @param wheelSha256 the key of the stored wheel, 64 hexadecimal digits
 * @param distInfo its .dist-info folder, relative to the environment's root
 * @param entries each file once, sorted by target, RECORD last
 */
public record InstallPlan(
        PackageName name,
        Version version,
        String wheelSha256,
        String distInfo,
        List<InstallEntry> entries) {

    public InstallPlan {
        entries = List.copyOf(entries);
    }
}
