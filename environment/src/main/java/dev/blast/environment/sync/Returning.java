package dev.blast.environment.sync;

import dev.blast.environment.install.InstalledDistribution;
import dev.blast.packaging.PackageName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Distributions that gave way to others with some of their files, and are brought again since one
 * of those goes or changes: their files return, or give way to other ones.
 */
final class Returning {
    private final Situation situation;
    private final List<Wanted> wanted;
    private final Set<PackageName> again;

    private Returning(Situation situation, List<Wanted> wanted, Set<PackageName> again) {
        this.situation = situation;
        this.wanted = wanted;
        this.again = again;
    }

    /**
     * Each with the reason.
     *
     * @param again what is brought again anyway
     */
    static Map<PackageName, String> of(
            Situation situation, List<Wanted> wanted, Set<PackageName> again) {
        var returning = new Returning(situation, wanted, Set.copyOf(again));
        Map<PackageName, String> reasons = new TreeMap<>();
        for (InstalledDistribution there : situation.installed()) {
            there.givesWayTo().stream()
                    .sorted()
                    .filter(above -> !returning.stays(above))
                    .findFirst()
                    .ifPresent(above ->
                            reasons.put(there.name(), "its files gave way to those of " + above));
        }
        return reasons;
    }

    private boolean stays(PackageName name) {
        return !again.contains(name)
                && situation.installed().stream()
                        .filter(there -> there.name().equals(name))
                        .anyMatch(this::stays);
    }

    private boolean stays(InstalledDistribution there) {
        return wanted.stream()
                .filter(w -> w.name().equals(there.name()))
                .findFirst()
                .map(w -> w.version().equals(there.version()))
                .orElseGet(() -> !isOurs(there));
    }

    /** What others installed stays though nobody asks for it. */
    private boolean isOurs(InstalledDistribution there) {
        Collection<String> ours = situation.ours();
        return ours.contains(there.distInfo().getFileName().toString());
    }
}
