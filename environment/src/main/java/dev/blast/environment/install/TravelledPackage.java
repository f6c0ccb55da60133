package dev.blast.environment.install;

import dev.blast.packaging.Tag;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A distribution that was installed elsewhere and came as it was there.
 *
 * @param plan its files, whole
 * @param tags what its WHEEL says that it was built for
 * @param pure whether that says that all of it is pure Python
 * @param requested whether somebody asked for it by name there
 * @param license what its metadata say; null for nothing
 */
public record TravelledPackage(
        InstallPlan plan,
        Set<Tag> tags,
        boolean pure,
        boolean requested,
        @Nullable String license) {
    public TravelledPackage {
        tags = Set.copyOf(tags);
    }
}
