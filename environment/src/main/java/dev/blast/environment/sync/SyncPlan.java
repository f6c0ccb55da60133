package dev.blast.environment.sync;

import dev.blast.environment.install.InstalledDistribution;
import dev.blast.packaging.PackageName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The difference between what an environment is to hold and what it holds: one {@link Change} for
 * each package of either, sorted by name. Making it changes nothing.
 */
public record SyncPlan(List<Change> changes) {
    public SyncPlan {
        changes = List.copyOf(changes);
    }

    /**
     * What is to be done about packages that we did not install.
     *
     * <p>{@code LEAVE}: they stay, and are reported. {@code REVERT}: what nobody asked for goes.
     * {@code KEEP}: nothing says what is wanted, so what we installed stays too.
     */
    public enum Foreigners {
        LEAVE,
        REVERT,
        KEEP
    }

    /**
     * Compares the two.
     *
     * @param ours dist-info folders that the last change left: what is wanted no longer is removed
     *     only if we brought it
     * @param damaged packages that are to be installed again, with the reason
     */
    static SyncPlan of(
            Collection<Wanted> wanted,
            Collection<InstalledDistribution> installed,
            Set<String> ours,
            Map<PackageName, String> damaged,
            Foreigners foreigners) {
        Map<PackageName, Wanted> to =
                wanted.stream().collect(Collectors.toMap(Wanted::name, w -> w));
        Map<PackageName, List<InstalledDistribution>> from =
                installed.stream()
                        .collect(
                                Collectors.groupingBy(
                                        InstalledDistribution::name,
                                        TreeMap::new,
                                        Collectors.toList()));
        var names = new TreeSet<PackageName>(to.keySet());
        names.addAll(from.keySet());
        List<Change> changes = new ArrayList<>();
        for (PackageName name : names) {
            List<InstalledDistribution> there = from.getOrDefault(name, List.of());
            Wanted goal = to.get(name);
            if (there.isEmpty() && goal != null) {
                changes.add(new Change.Add(goal));
            } else if (goal == null) {
                there.forEach(d -> changes.add(unwanted(d, ours, foreigners)));
            } else {
                changes.add(change(there, goal, damaged.get(name)));
            }
        }
        return new SyncPlan(changes);
    }

    private static Change change(
            List<InstalledDistribution> there, Wanted goal, @Nullable String damage) {
        InstalledDistribution first = there.getFirst();
        if (there.size() > 1) {
            return new Change.Repair(
                    goal,
                    there.stream()
                            .map(d -> d.version().toString())
                            .collect(Collectors.joining(", ", "installed more than once: ", "")));
        }
        if (!first.version().equals(goal.version())) {
            return new Change.Replace(first.version(), goal);
        }
        if (!first.hasRecord()) {
            return new Change.Repair(goal, "it has no RECORD: its installation was not finished");
        }
        return damage == null
                ? new Change.Keep(goal.name(), goal.version())
                : new Change.Repair(goal, damage);
    }

    private static Change unwanted(
            InstalledDistribution there, Set<String> ours, Foreigners foreigners) {
        if (there.name().equals(InstalledDistribution.PIP)) {
            return new Change.Keep(
                    there.name(),
                    there.version()); // every environment has one, of whatever version
        }
        boolean isOurs = ours.contains(there.distInfo().getFileName().toString());
        String installer = there.installer().orElse("");
        if (isOurs && foreigners == Foreigners.KEEP) {
            return new Change.Keep(there.name(), there.version());
        }
        if (isOurs) {
            return new Change.Remove(there.name(), there.version(), "no longer needed");
        }
        return switch (foreigners) {
            case LEAVE, KEEP -> new Change.Foreign(there.name(), there.version(), installer);
            case REVERT ->
                    new Change.Remove(
                            there.name(),
                            there.version(),
                            "nobody asked for it"
                                    + (installer.isEmpty() ? "" : "; installed by " + installer)
                                    + (there.requested()
                                            ? "; blast add %s keeps it".formatted(there.name())
                                            : ""));
        };
    }

    /** Nothing is to be done. */
    public boolean isEmpty() {
        return changes.stream()
                .allMatch(c -> c instanceof Change.Keep || c instanceof Change.Foreign);
    }

    /** What has to be installed, in the order of the names. */
    List<Wanted> incoming() {
        return changes.stream()
                .flatMap(change ->
                        switch (change) {
                            case Change.Add(Wanted to) -> Stream.of(to);
                            case Change.Replace(_, Wanted to) -> Stream.of(to);
                            case Change.Repair(Wanted to, _) -> Stream.of(to);
                            case Change.Remove _, Change.Keep _, Change.Foreign _ -> Stream.empty();
                        })
                .toList();
    }

    /** What has to be uninstalled, before or without being installed in another version. */
    Set<PackageName> outgoing() {
        return changes.stream()
                .filter(c ->
                        c instanceof Change.Replace
                                || c instanceof Change.Repair
                                || c instanceof Change.Remove)
                .map(Change::name)
                .collect(Collectors.toSet());
    }

    /** What stays because it is wanted as it is. */
    Set<PackageName> kept() {
        return changes.stream()
                .filter(Change.Keep.class::isInstance)
                .map(Change::name)
                .collect(Collectors.toSet());
    }
}
