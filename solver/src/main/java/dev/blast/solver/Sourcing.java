package dev.blast.solver;

import dev.blast.index.DistributionFile;
import dev.blast.index.Formats;
import dev.blast.packaging.PackageName;
import java.util.Map;

/**
 * How versions are had of which no index gives a wheel.
 *
 * @param formats of which kinds of files packages may be taken
 * @param builder whom the search asks what a source needs
 * @param addressed what the addresses lead to that the request names and that are no wheels
 */
public record Sourcing(
        Formats formats, Builder builder, Map<PackageName, DistributionFile> addressed) {
    /** Not at all. */
    public static final Sourcing NONE =
            new Sourcing(
                    Formats.WHEELS,
                    source -> {
                        throw new IllegalStateException("nothing builds " + source.filename());
                    },
                    Map.of());

    public Sourcing {
        addressed = Map.copyOf(addressed);
    }
}
