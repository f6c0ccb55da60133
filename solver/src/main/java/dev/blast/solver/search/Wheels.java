package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.index.WheelUse;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.WheelName;
import dev.blast.solver.Obstacle;
import dev.blast.solver.Target;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Chooses among the files of one version. Pure, for any thread. */
public final class Wheels {
    private Wheels() {}

    /** The best wheel for the target, or why there is none. */
    public static Fitness choose(List<DistributionFile> files, Target target) {
        DistributionFile best = null;
        int bestRank = Integer.MAX_VALUE;
        SpecifierSet otherPython = null;
        for (DistributionFile file : files) {
            WheelName wheel = file.wheel();
            if (wheel == null) {
                continue;
            }
            SpecifierSet requiresPython = file.requiresPython();
            if (requiresPython != null && !requiresPython.contains(target.python())) {
                otherPython = requiresPython;
                continue;
            }
            OptionalInt rank = target.tags().bestRank(wheel.tags());
            if (rank.isPresent() && isBetter(file, rank.getAsInt(), best, bestRank)) {
                best = file;
                bestRank = rank.getAsInt();
            }
        }
        if (best != null) {
            return new Fitness.Fit(best);
        }
        if (otherPython != null) {
            return new Fitness.Unfit(new Obstacle.OtherPython(otherPython, target.python()));
        }
        List<WheelName> wheels =
                files.stream().map(DistributionFile::wheel).filter(Objects::nonNull).toList();
        return new Fitness.Unfit(
                wheels.isEmpty()
                        ? new Obstacle.OnlySource()
                        : new Obstacle.WrongPlatform(
                                target.python(), wheels, wheels.size() < files.size()));
    }

    /** Whether {@link #choose} would find a wheel among such. */
    static boolean anySuits(List<WheelUse> wheels, Target target) {
        return wheels.stream()
                .anyMatch(it ->
                        (it.requiresPython() == null
                                        || it.requiresPython().contains(target.python()))
                                && target.tags().bestRank(it.tags()).isPresent());
    }

    /** By rank, then build number, then name, so that the order of the index does not matter. */
    private static boolean isBetter(
            DistributionFile file, int rank, @Nullable DistributionFile best, int bestRank) {
        if (best == null || rank != bestRank) {
            return rank < bestRank;
        }
        WheelName.Build build = Objects.requireNonNull(file.wheel()).build();
        WheelName.Build other = Objects.requireNonNull(best.wheel()).build();
        if (Objects.equals(build, other)) {
            return file.filename().compareTo(best.filename()) < 0;
        }
        return other == null || (build != null && build.compareTo(other) > 0);
    }
}
