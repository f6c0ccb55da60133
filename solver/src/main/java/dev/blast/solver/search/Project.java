package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.index.IndexLocation;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.Version;
import dev.blast.rules.verdict.Judgement;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Obstacle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one package at the moment, by state. Filled by {@link Knowledge}, for one
 * thread.
 */
final class Project {
    final Domain domain;
    final @Nullable IndexLocation from;
    final boolean hasOnlyPrereleases;
    final Map<Integer, Fitness> fitness = new HashMap<>();
    final Map<Integer, Judgement> judgements = new HashMap<>();
    final Map<Integer, Metadata> metadata = new HashMap<>();
    final Map<Integer, Obstacle> unreadable = new HashMap<>();
    private final Function<Version, List<DistributionFile>> files;

    Project(
            Domain domain,
            @Nullable IndexLocation from,
            Function<Version, List<DistributionFile>> files) {
        this.domain = domain;
        this.from = from;
        this.hasOnlyPrereleases = domain.versions().stream().allMatch(Version::isPrerelease);
        this.files = files;
    }

    List<DistributionFile> files(int state) {
        return files.apply(domain.version(state));
    }
}
