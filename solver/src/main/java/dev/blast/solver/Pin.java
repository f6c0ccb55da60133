package dev.blast.solver;

import dev.blast.index.DistributionFile;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One chosen version.
 *
 * @param file the wheel to install
 * @param files all files of the version, that wheel among them, as the index lists them
 * @param extras those that anything in the answer asks for
 * @param dependencies the requirements of the version that hold for the target and these extras
 * @param license what the version says of its licence, empty for nothing; null where nobody knows
 * @param direct whether the request itself asks for the package
 */
public record Pin(
        PackageName name,
        Version version,
        DistributionFile file,
        List<DistributionFile> files,
        Set<ExtraName> extras,
        List<Requirement> dependencies,
        @Nullable String license,
        boolean direct) {

    public Pin {
        files = List.copyOf(files);
        extras = Collections.unmodifiableSortedSet(new TreeSet<>(extras));
        dependencies = List.copyOf(dependencies);
    }

    /** The same, with hashes of its file that became known later. */
    public Pin hashed(Map<String, String> hashes) {
        var hashed =
                new DistributionFile(
                        file.filename(),
                        file.uri(),
                        file.kind(),
                        file.version(),
                        file.wheel(),
                        hashes,
                        file.sizeBytes(),
                        file.uploadTime(),
                        file.requiresPython(),
                        file.yanked(),
                        file.metadataFile());
        List<DistributionFile> others =
                files.stream().map(it -> it.equals(file) ? hashed : it).toList();
        return new Pin(name, version, hashed, others, extras, dependencies, license, direct);
    }

    /** The same, with what is known of its licence. */
    public Pin licensed(@Nullable String license) {
        return new Pin(name, version, file, files, extras, dependencies, license, direct);
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
