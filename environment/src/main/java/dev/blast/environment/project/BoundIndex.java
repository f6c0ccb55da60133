package dev.blast.environment.project;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Marker;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A name that one index is asked for and no other: {@code [tool.uv.sources]} with {@code index},
 * Poetry's {@code source}.
 *
 * @param address of a simple repository, absolute
 * @param origin where that is said: {@code pyproject.toml:14}
 * @param marker where it holds; null for everywhere
 * @param extra the extra or group with which it holds; null for all
 */
public record BoundIndex(
        PackageName name,
        String address,
        String origin,
        @Nullable Marker marker,
        @Nullable ExtraName extra) {

    /**
     * Whether it holds.
     *
     * @param asked the extras and groups that are asked for
     */
    boolean appliesTo(MarkerEnvironment environment, Collection<ExtraName> asked) {
        return (marker == null || marker.evaluate(environment, Set.of()))
                && (extra == null || asked.contains(extra));
    }
}
