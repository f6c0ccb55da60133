package dev.blast.solver;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.source.Layer;
import dev.blast.rules.verdict.Reason;
import org.jspecify.annotations.Nullable;

/**
 * That what a rule holds back may be chosen all the same. Never what one denies.
 *
 * @param version null for any that is held
 * @param only the layer whose holds are lifted, and no others; null for those of all layers
 */
public record Lift(PackageName name, @Nullable Version version, @Nullable Layer only) {

    /** Of one version, whoever holds it. */
    public static Lift of(PackageName name, Version version) {
        return new Lift(name, version, null);
    }

    boolean isAbout(PackageName name, Version version) {
        return this.name.equals(name) && (this.version == null || this.version.equals(version));
    }

    boolean covers(Reason hold) {
        return only == null || only == hold.layer();
    }
}
