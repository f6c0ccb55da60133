package dev.blast.environment.project;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The project as a package of its own environment.
 *
 * @param origin where it is said that it is one: {@code pyproject.toml:4}
 * @param name empty where only its build backend says it
 * @param version likewise
 * @param editable whether its modules are read from its folder
 * @param known whether all that it needs is among the project's requirements; else its backend is
 *     asked
 * @param wanted whether it is installed; else only what it needs is
 * @param extras of its own that a requirements file asks for, where they are not known yet
 */
public record Itself(
        String origin,
        Optional<PackageName> name,
        Optional<Version> version,
        boolean editable,
        boolean known,
        boolean wanted,
        Set<ExtraName> extras) {
    public Itself {
        extras = Set.copyOf(extras);
    }

    /** Of which only its backend says more. */
    static Itself unknown(String origin, boolean editable) {
        return new Itself(
                origin, Optional.empty(), Optional.empty(), editable, false, true, Set.of());
    }

    Itself with(Set<ExtraName> more) {
        var all = new TreeSet<>(extras);
        all.addAll(more);
        return new Itself(origin, name, version, editable, known, wanted, all);
    }

    Itself told(PackageName itsName, Version itsVersion) {
        return new Itself(
                origin,
                Optional.of(itsName),
                Optional.of(itsVersion),
                editable,
                true,
                wanted,
                Set.of());
    }

    Itself unwanted() {
        return new Itself(origin, name, version, editable, known, false, extras);
    }
}
