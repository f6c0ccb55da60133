package dev.blast.environment.project;

import dev.blast.index.Formats;
import dev.blast.packaging.ExtraName;
import dev.blast.solver.Cutoff;
import dev.blast.solver.PrereleaseWish;
import dev.blast.solver.RootRequirement;
import java.util.List;
import java.util.Optional;

/** The components of settings, to change some of them. */
final class SettingsParts {
    private final Settings of;
    Optional<List<ExtraName>> groups;
    List<String> indexes;
    Optional<String> main;
    List<BoundIndex> bound;
    List<RootRequirement> overrides;
    Optional<Cutoff> cutoff;
    Optional<PrereleaseWish> prereleases;
    Formats formats;
    List<String> followed;

    SettingsParts(Settings of) {
        this.of = of;
        this.groups = of.groups();
        this.indexes = of.indexes();
        this.main = of.main();
        this.bound = of.bound();
        this.overrides = of.overrides();
        this.cutoff = of.cutoff();
        this.prereleases = of.prereleases();
        this.formats = of.formats();
        this.followed = of.followed();
    }

    Settings settings() {
        return new Settings(
                of.python(),
                of.policies(),
                groups,
                indexes,
                main,
                bound,
                overrides,
                cutoff,
                of.indexStrategy(),
                prereleases,
                formats,
                followed);
    }
}
