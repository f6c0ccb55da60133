package dev.blast.solver;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import org.jspecify.annotations.Nullable;

/**
 * A package, or one of its extras: what something can need.
 *
 * @param extra null for the package itself
 */
public record PackagePart(PackageName name, @Nullable ExtraName extra) {
    /** As a requirement writes it: {@code web[fast]}. */
    @Override
    public String toString() {
        return extra == null ? name.toString() : "%s[%s]".formatted(name, extra);
    }
}
