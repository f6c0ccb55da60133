package dev.blast.environment.sync;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.Lift;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The components of what a sync was asked for with, to change some of them. */
final class SyncOptionsParts {
    private final SyncOptions of;
    Optional<List<ExtraName>> groups;
    Set<ExtraName> extras;
    Optional<String> strategy;
    boolean upgradeAll;
    Set<Requirement> upgrade;
    Set<Lift> lifts;
    boolean frozen;
    boolean force;
    boolean dryRun;
    SyncPlan.Foreigners foreigners;
    boolean universal;
    boolean keepsLock;

    SyncOptionsParts(SyncOptions of) {
        this.of = of;
        this.groups = of.groups();
        this.extras = of.extras();
        this.strategy = of.strategy();
        this.upgradeAll = of.upgradeAll();
        this.upgrade = of.upgrade();
        this.lifts = of.lifts();
        this.frozen = of.frozen();
        this.force = of.force();
        this.dryRun = of.dryRun();
        this.foreigners = of.foreigners();
        this.universal = of.universal();
        this.keepsLock = of.keepsLock();
    }

    SyncOptions options() {
        return new SyncOptions(
                of.command(),
                of.name(),
                groups,
                extras,
                of.python(),
                strategy,
                upgradeAll,
                upgrade,
                lifts,
                frozen,
                force,
                dryRun,
                of.explain(),
                foreigners,
                of.indexes(),
                universal,
                keepsLock);
    }
}
