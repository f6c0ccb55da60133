package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.RecordCheck;
import dev.blast.packaging.PackageName;
import dev.blast.solver.Resolution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** From what was found and what was resolved to the plan of a sync. Changes nothing. */
final class SyncPlanner {
    private SyncPlanner() {}

    /**
     * What has to change.
     *
     * @param repairs what has to be brought again, with the reason
     */
    static SyncPlan plan(
            Situation situation, Resolution resolution, Map<PackageName, String> repairs)
            throws EnvironmentException {
        Sync.Job job = situation.job();
        Map<PackageName, String> again =
                new HashMap<>(
                        job.options().force()
                                ? situation.damaged(RecordCheck.Depth.DEEP)
                                : situation.robbed()
                                        ? situation.damaged(RecordCheck.Depth.QUICK)
                                        : Map.of());
        List<Wanted> wanted =
                Wanted.withPip(situation.installed(resolution), situation, again.keySet());
        LockText.unknownHashes(resolution, situation)
                .forEach(name -> again.put(name, "its hash is not known yet"));
        situation.rebound().forEach((name, clause) -> again.put(name, "it " + clause));
        again.putAll(elsewhere(situation, wanted));
        if (situation.applied().isPresent()) {
            again.putAll(situation.addressed().changed(situation.applied().get()));
        }
        again.putAll(repairs);
        again.putAll(Returning.of(situation, wanted, again.keySet()));
        return SyncPlan.of(
                wanted,
                situation.installed(),
                situation.ours(),
                again,
                job.project().declared() ? job.options().foreigners() : SyncPlan.Foreigners.KEEP);
    }

    /** What of ours came from another place than it is now wanted from, where one has no index. */
    private static Map<PackageName, String> elsewhere(Situation situation, List<Wanted> wanted) {
        Map<PackageName, String> elsewhere = new TreeMap<>();
        Set<String> ours = situation.ours();
        for (Wanted each : wanted) {
            situation.installed().stream()
                    .filter(there -> there.name().equals(each.name()))
                    .filter(there -> ours.contains(there.distInfo().getFileName().toString()))
                    .filter(there ->
                            !place(there.directUrl())
                                    .equals(place(Optional.ofNullable(each.directUrl()))))
                    .findFirst()
                    .ifPresent(_ -> elsewhere.put(each.name(), "it came from somewhere else"));
        }
        return elsewhere;
    }

    /** Hashes are compared where files are chosen. */
    private static String place(Optional<String> directUrl) {
        return directUrl.orElse("").replaceFirst("\"hashes\":\\{[^}]*}", "");
    }
}
