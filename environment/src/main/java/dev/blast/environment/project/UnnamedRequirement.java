package dev.blast.environment.project;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Marker;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.solver.RootRequirement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address that is asked for and does not say the name of what is behind it.
 *
 * @param url absolute
 * @param origin where it stands: {@code requirements.txt:3}
 * @param editable whether the folder is to be read where it is
 */
public record UnnamedRequirement(
        String url,
        Set<ExtraName> extras,
        @Nullable Marker marker,
        String origin,
        boolean editable) {
    public UnnamedRequirement {
        extras = Set.copyOf(extras);
    }

    /** What it asks for, once that is known. */
    public RootRequirement named(PackageName name) {
        RootRequirement root =
                RootRequirement.of(
                        new Requirement(name, extras, SpecifierSet.ANY, url, marker), origin);
        return editable ? root.asEditable() : root;
    }
}
