package dev.blast.environment.sync;

import dev.blast.environment.install.Ownership;
import dev.blast.packaging.PackageName;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whose file lies at a path that two distributions bring, where the rules let one overwrite the
 * other: that one's; where they let both, that of the one whose name sorts first. So one tree comes
 * of it, in whichever order the two came. Who gives way is brought without the file, and again when
 * the other goes.
 */
final class Precedence {
    private final Set<PackageName> incoming;
    private final Set<PackageName> kept;
    private final Map<PackageName, Map<PackageName, Set<String>>> givingWay = new TreeMap<>();
    private final Map<PackageName, String> repairs = new TreeMap<>();

    /**
     * @param kept what is installed and could be brought again
     */
    Precedence(Set<PackageName> incoming, Set<PackageName> kept) {
        this.incoming = incoming;
        this.kept = kept;
    }

    /**
     * Settles what two contest, at least one of which comes. False where the one that has to give
     * way cannot, because nobody asks for it.
     *
     * @param oneMay whether the rules let it overwrite the other; or else they let the other
     */
    boolean settle(
            PackageName one,
            boolean oneMay,
            PackageName other,
            boolean otherMay,
            Ownership ownership) {
        boolean oneLies = (oneMay && otherMay) ? one.compareTo(other) < 0 : oneMay;
        PackageName above = oneLies ? one : other;
        PackageName below = oneLies ? other : one;
        if (incoming.contains(below)) {
            givingWay
                    .computeIfAbsent(below, _ -> new TreeMap<>())
                    .put(above, ownership.contested(one, other));
            return true;
        }
        if (kept.contains(below)) {
            repairs.put(below, "some of its files give way to those of " + above);
            return true;
        }
        return false;
    }

    /** The targets that one is brought without, by whose files lie there. */
    Map<PackageName, Set<String>> above(PackageName name) {
        return givingWay.getOrDefault(name, Map.of());
    }

    /** What has to be brought again in the same change, with the reason. */
    Map<PackageName, String> repairs() {
        return repairs;
    }
}
