package dev.blast.solver.search;

import dev.blast.packaging.PackageName;
import dev.blast.solver.PackagePart;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What comes last, and is let through for an answer because nothing else fits.
 *
 * @param prereleases packages whose pre-releases may be chosen though nothing pins one
 * @param lacking extras that versions may be chosen without
 */
record Concessions(Set<PackageName> prereleases, Set<PackagePart> lacking) {
    static final Concessions NONE = new Concessions(Set.of(), Set.of());

    Concessions {
        prereleases = Collections.unmodifiableSortedSet(new TreeSet<>(prereleases));
        lacking = Set.copyOf(lacking);
    }

    static Concessions prereleases(Set<PackageName> names) {
        return new Concessions(names, Set.of());
    }

    boolean isEmpty() {
        return equals(NONE);
    }

    Concessions and(Concessions more) {
        var names = new HashSet<>(prereleases);
        names.addAll(more.prereleases);
        var parts = new HashSet<>(lacking);
        parts.addAll(more.lacking);
        return new Concessions(names, parts);
    }

    Concessions without(Concessions less) {
        var names = new HashSet<>(prereleases);
        names.removeAll(less.prereleases);
        var parts = new HashSet<>(lacking);
        parts.removeAll(less.lacking);
        return new Concessions(names, parts);
    }

    /** One after the other: an answer should rather do without the first. */
    List<Concessions> each() {
        var each = new ArrayList<Concessions>();
        lacking.stream()
                .sorted(Comparator.comparing(PackagePart::toString))
                .forEach(part -> each.add(new Concessions(Set.of(), Set.of(part))));
        prereleases.forEach(name -> each.add(prereleases(Set.of(name))));
        return each;
    }
}
