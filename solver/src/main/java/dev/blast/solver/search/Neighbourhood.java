package dev.blast.solver.search;

import dev.blast.packaging.PackageName;
import dev.blast.solver.logic.States;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answers that a search looks at, and near which of them it begins: "this package better than
 * it is, those as they are, the rest as it comes". A package is meant with all its extras.
 * Immutable; what is named first is decided first.
 *
 * @param within the states that a package may be in; any where it is not named. Without absence
 *     among them, the package is chosen whether anything needs it or not
 * @param near the state of a package that is tried before the others, as far as it is possible:
 *     that of an answer at hand
 */
record Neighbourhood(Map<PackageName, States> within, Map<PackageName, Integer> near) {

    /** All answers, and nothing at hand. */
    static final Neighbourhood EVERYTHING = new Neighbourhood(Map.of(), Map.of());

    Neighbourhood {
        within = Collections.unmodifiableMap(new LinkedHashMap<>(within));
        near = Map.copyOf(near);
    }

    /** Those of these answers in which a package is in one of some states. */
    Neighbourhood with(PackageName name, States states) {
        var more = new LinkedHashMap<>(within);
        more.merge(name, states, States::and);
        return new Neighbourhood(more, near);
    }

    /** The same, begun near an answer. */
    Neighbourhood near(Search.End.Found answer) {
        return new Neighbourhood(within, answer.pins());
    }
}
