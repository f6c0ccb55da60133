package dev.blast.environment.sync;

import dev.blast.packaging.Digest;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.Lift;
import dev.blast.solver.RootRequirement;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How a sync was asked for.
 *
 * @param command as it was typed, for the history and for those who wait
 * @param name of the environment; else the project's
 * @param groups dependency groups instead of the project's default ones
 * @param extras of the project
 * @param python which interpreter, as people write it; goes before what the project says
 * @param strategy by name; else the rules choose
 * @param upgradeAll what is locked and installed does not count
 * @param upgrade the same, for these packages; what a specifier shuts out is not chosen this time
 * @param lifts versions that may be chosen though a rule holds them back
 * @param frozen exactly the lock, and nothing where it is missing or does not fit
 * @param force install again what differs from its RECORD, and begin a new history where it is
 *     damaged
 * @param dryRun only the plan
 * @param explain also what the answer is worth
 * @param foreigners what is to be done about packages that we did not install
 * @param indexes in words, where packages are looked for; another text makes another answer
 *     possible
 * @param universal the lock is made for the usual machines and versions of Python as well
 * @param keepsLock a lock that would lose something is not written anew
 */
public record SyncOptions(
        String command,
        Optional<String> name,
        Optional<List<ExtraName>> groups,
        Set<ExtraName> extras,
        Optional<String> python,
        Optional<String> strategy,
        boolean upgradeAll,
        Set<Requirement> upgrade,
        Set<Lift> lifts,
        boolean frozen,
        boolean force,
        boolean dryRun,
        boolean explain,
        SyncPlan.Foreigners foreigners,
        String indexes,
        boolean universal,
        boolean keepsLock) {
    public SyncOptions {
        extras =
                Collections.unmodifiableSortedSet(new TreeSet<>(extras)); // asked for in this order
        upgrade = Set.copyOf(upgrade);
        lifts = Set.copyOf(lifts);
    }

    /** An ordinary sync. */
    public static SyncOptions of(String command) {
        return new SyncOptions(
                command,
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Set.of(),
                Set.of(),
                false,
                false,
                false,
                false,
                SyncPlan.Foreigners.LEAVE,
                "",
                false,
                false);
    }

    /** The same, with nothing that counts as locked or installed. */
    SyncOptions lettingGo() {
        return copy(it -> it.upgradeAll = true);
    }

    /** The same, with one package more to let go. */
    SyncOptions upgrading(Requirement more) {
        Set<Requirement> all = new HashSet<>(upgrade);
        all.add(more);
        return copy(it -> it.upgrade = all);
    }

    /** The same, but only the plan. */
    SyncOptions asPlan() {
        return copy(it -> it.dryRun = true);
    }

    /** The same, with these holds lifted. */
    SyncOptions lifting(Set<Lift> other) {
        return copy(it -> it.lifts = other);
    }

    /** The same, with a strategy. */
    SyncOptions with(String strategy) {
        return copy(it -> it.strategy = Optional.of(strategy));
    }

    /** The same, where a lock may lose something. */
    public SyncOptions overwritingLock() {
        return copy(it -> it.keepsLock = false);
    }

    SyncOptions copy(Consumer<SyncOptionsParts> change) {
        var parts = new SyncOptionsParts(this);
        change.accept(parts);
        return parts.options();
    }

    /** The packages that are let go by name. */
    Set<PackageName> upgraded() {
        return upgrade.stream().map(Requirement::name).collect(Collectors.toSet());
    }

    /** What the command line lets through of them. */
    List<RootRequirement> narrowing() {
        return upgrade.stream()
                .filter(it -> !it.specifier().specifiers().isEmpty())
                .map(it -> RootRequirement.constraint(it, RootRequirement.COMMAND_LINE))
                .sorted(Comparator.comparing(RootRequirement::toString))
                .toList();
    }

    /**
     * Whether an earlier answer may be the answer still: not where newer versions, what is held, a
     * repair or only a plan or its reasons are asked for.
     */
    boolean maySkip() {
        boolean asksAnew = upgradeAll || !upgrade.isEmpty() || !lifts.isEmpty() || universal;
        return !asksAnew && !force && !dryRun && !explain;
    }

    /**
     * What of this the result depends on. Not on what is done about other people's packages: where
     * there are any, nothing is skipped.
     */
    String identity() {
        return Digest.of(
                groups.map(Object::toString).orElse("default"),
                new TreeSet<>(extras).toString(),
                python.orElse(""),
                strategy.orElse(""),
                indexes);
    }
}
